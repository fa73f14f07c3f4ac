// SPDX-License-Identifier: GPL-3.0-or-later
// TextView: rows on the screen.
#include "ui/settings/type.h"
#include "ui/widgets/textview.h"
#include "ui/widgets/textviewlaid.h"

#include <QPainter>
#include <QScrollBar>

namespace gatehouse::ui {

namespace {

constexpr int padding = 8;

constexpr int longRow = 512; // characters

double cellWidth()
{
    return QFontMetricsF(type::data()).horizontalAdvance(QLatin1Char('0'));
}

// In a fixed-pitch font every character is as wide as the next, but for those of other scripts.
bool isOfOneWidth(const QString &text)
{
    return std::ranges::all_of(
        text, [](QChar c) { return c >= QLatin1Char(' ') && c.unicode() < 0x250; });
}

QTextLayout::FormatRange range(int start, int length, const QColor &ground)
{
    QTextLayout::FormatRange format;
    format.start = start;
    format.length = length;
    format.format.setBackground(ground);
    return format;
}

// The same ranges in a text that begins at \a first and has \a length characters.
QList<QTextLayout::FormatRange> shifted(const QList<QTextLayout::FormatRange> &ranges, int first,
                                        int length)
{
    QList<QTextLayout::FormatRange> out;
    for (QTextLayout::FormatRange range : ranges) {
        const int end = std::min(range.start + range.length - first, length);
        range.start = std::max(0, range.start - first);
        range.length = end - range.start;
        if (range.length > 0)
            out << range;
    }
    return out;
}

} // namespace

int TextView::lineHeight() const
{
    return QFontMetrics(type::data()).height() + 2;
}

int TextView::visibleRows() const
{
    return std::max(1, viewport()->height() / lineHeight());
}

int TextView::gutter() const
{
    if (!m_hasLineNumbers || m_look == TextLook::Hex)
        return padding;
    const int digits = std::max(3, int(QString::number(m_rows->lineCount()).size()));
    return QFontMetrics(type::data(11)).horizontalAdvance(QLatin1Char('0')) * digits + 3 * padding;
}

void TextView::forgetLayouts()
{
    m_laid.clear();
    viewport()->update();
}

void TextView::updateScrollBars()
{
    const qint64 rows = m_rows->count();
    const int visible = visibleRows();
    const qint64 last = m_isWrapped ? rows - 1 : rows - visible;
    verticalScrollBar()->setRange(0, int(std::clamp<qint64>(last, 0, INT_MAX)));
    verticalScrollBar()->setPageStep(visible);
    const int width = int(std::min<qint64>(m_rows->longestRow(), LineIndex::pieceBytes))
            * QFontMetrics(type::data()).horizontalAdvance(QLatin1Char('0'))
        + gutter() + padding;
    horizontalScrollBar()->setRange(0, m_isWrapped ? 0 : std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(20);
    viewport()->update();
}

/// Of the part that is shown only: a format costs more than finding what it is for, and a piece of
/// a long line has a thousand.
QList<QTextLayout::FormatRange> TextView::formats(const TextRow &row, int first, int length) const
{
    QList<QTextLayout::FormatRange> out;
    for (const ColorRun &run : colorRuns(row.text, m_look, row.isContinuation)) {
        const int start = std::max(0, run.start - first);
        const int end = std::min(run.start + run.length - first, length);
        if (end <= start)
            continue;
        QTextLayout::FormatRange format;
        format.start = start;
        format.length = end - start;
        format.format.setForeground(Theme::current().color(run.token));
        out << format;
    }
    return out;
}

const TextView::Laid &TextView::laid(qint64 number)
{
    const auto known = m_laid.find(number);
    if (known != m_laid.end())
        return *known->second;
    if (m_laid.size() > 400) // several screens
        m_laid.clear();
    auto made = std::make_unique<Laid>();
    made->row = m_rows->row(number);
    made->layout.setFont(type::data());
    QString text = made->row.text;
    if (!m_isWrapped && text.size() > longRow && isOfOneWidth(text)) {
        const int columns = int(viewport()->width() / cellWidth()) + 2;
        made->first = int(horizontalScrollBar()->value() / cellWidth());
        made->left = made->first * cellWidth();
        text = text.mid(made->first, columns);
    }
    made->layout.setText(text);
    made->layout.setFormats(formats(made->row, made->first, int(text.size())));
    QTextOption option;
    option.setWrapMode(m_isWrapped ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
    option.setTabStopDistance(QFontMetrics(type::data()).horizontalAdvance(QLatin1Char('0')) * 4);
    made->layout.setTextOption(option);
    made->layout.beginLayout();
    const int height = lineHeight();
    for (QTextLine line = made->layout.createLine(); line.isValid();
         line = made->layout.createLine()) {
        line.setLineWidth(m_isWrapped ? std::max(80, viewport()->width() - gutter() - padding)
                                      : 1'000'000);
        line.setPosition(QPointF(0, made->lines++ * height));
    }
    made->layout.endLayout();
    made->lines = std::max(1, made->lines);
    return *m_laid.emplace(number, std::move(made)).first->second;
}

void TextView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Theme &theme = Theme::current();
    painter.fillRect(viewport()->rect(), theme.color(Token::Base));
    const int height = lineHeight();
    int y = 4 - m_top.second * height;
    for (qint64 row = m_top.first; row < m_rows->count() && y < viewport()->height(); ++row) {
        const Laid &content = laid(row);
        drawRow(painter, row, content, y);
        y += content.lines * height;
    }
    if (!m_isIndexed && m_rows->count() == 0) {
        painter.setPen(theme.color(Token::Text3));
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("Reading…"));
    }
}

void TextView::drawRow(QPainter &painter, qint64 row, const Laid &content, int y)
{
    const Theme &theme = Theme::current();
    const int left = gutter();
    painter.save();
    painter.setClipRect(left - 2, 0, viewport()->width() - left + 2, viewport()->height());
    QList<QTextLayout::FormatRange> marks;
    addHits(content, marks);
    addSelection(row, content, marks);
    const QPointF at(left - horizontalScrollBar()->value() + content.left, y);
    painter.setPen(theme.color(Token::Text));
    content.layout.draw(&painter, at, shifted(marks, content.first, content.shown()));
    const int caret = m_caret.second - content.first;
    if (hasFocus() && m_caret.first == row && caret >= 0 && caret <= content.shown())
        content.layout.drawCursor(&painter, at, caret, 2);
    painter.restore();
    if (left > padding && !content.row.isContinuation) {
        painter.setFont(type::data(11));
        painter.setPen(theme.color(Token::Text3));
        painter.drawText(QRect(0, y, left - 2 * padding, lineHeight()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(content.row.line + 1));
    }
}

void TextView::addHits(const Laid &content, QList<QTextLayout::FormatRange> &out) const
{
    const TextRow &row = content.row;
    auto it = std::lower_bound(m_hits.begin(), m_hits.end(), row.offset - m_hitBytes + 1);
    for (; it != m_hits.end() && *it < row.offset + row.length; ++it) {
        const int from = m_rows->columnOf(row, *it);
        const int to = m_rows->columnOf(row, *it + m_hitBytes);
        auto mark = range(from, to - from, Theme::current().color(Token::Highlight));
        if (it - m_hits.begin() == m_currentHit) {
            mark.format.setBackground(Theme::current().color(Token::Accent));
            mark.format.setForeground(Theme::current().color(Token::OnAccent));
        }
        out << mark;
    }
}

void TextView::addSelection(qint64 row, const Laid &content,
                            QList<QTextLayout::FormatRange> &out) const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (row < from.first || row > to.first || !hasSelection())
        return;
    const int begin = row == from.first ? from.second : 0;
    const int end = row == to.first ? to.second : int(content.row.text.size());
    auto mark = range(begin, end - begin, Theme::current().color(Token::Selected));
    mark.format.setForeground(Theme::current().color(Token::Text));
    out << mark;
}

} // namespace gatehouse::ui
