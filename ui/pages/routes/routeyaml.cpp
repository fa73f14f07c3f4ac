// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routeyaml.h"

#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/yamlcolors.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QTextBlock>

namespace gatehouse::ui {

RouteYaml::RouteYaml(RouteDraft &draft, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_draft(draft)
    , m_gutter(new QWidget(this))
{
    setAccessibleName(tr("YAML of the route"));
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setFont(type::data());
    setTabChangesFocus(true);
    new YamlColors(document());
    m_gutter->installEventFilter(this);
    connect(this, &QPlainTextEdit::textChanged, this, &RouteYaml::takeTyped);
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, qOverload<>(&QWidget::update));
    connect(this, &QPlainTextEdit::blockCountChanged, this, &RouteYaml::fitGutter);
    connect(&draft, &RouteDraft::textChanged, this, &RouteYaml::refresh);
    connect(&draft, &RouteDraft::checked, this, &RouteYaml::markProblems);
    refresh();
}

RouteYaml::~RouteYaml() = default;

void RouteYaml::showRoute(int index)
{
    m_route = index;
    refresh();
}

void RouteYaml::refresh()
{
    if (m_isOwnChange)
        return;
    const QString &text = m_draft.text();
    const auto range = yaml::itemRange(text, {QStringLiteral("routes")}, m_route);
    m_begin = range ? range->first : 0;
    m_length = (range ? range->second : text.size()) - m_begin;
    const bool hasBreak =
        range && m_length > 0 && text[m_begin + m_length - 1] == QLatin1Char('\n');
    m_length -= hasBreak ? 1 : 0; // the line break stays with the rest of the text
    m_firstLine = yamlLineNumber(text, m_begin);
    const QString part = text.mid(m_begin, m_length);
    if (part != toPlainText()) {
        const QScopedValueRollback guard(m_isOwnChange, true);
        const int place = textCursor().position();
        setPlainText(part);
        QTextCursor cursor = textCursor();
        cursor.setPosition(std::min(place, int(part.size())));
        setTextCursor(cursor);
    }
    fitGutter();
    markProblems();
}

void RouteYaml::takeTyped()
{
    if (m_isOwnChange)
        return;
    const QScopedValueRollback guard(m_isOwnChange, true);
    const QString typed = toPlainText();
    if (typed == QStringView(m_draft.text()).mid(m_begin, m_length))
        return;
    const YamlEdit edit{m_begin, m_begin + m_length, typed};
    m_length = typed.size();
    m_draft.edit(edit, QStringLiteral("yaml %1").arg(m_begin));
}

bool RouteYaml::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(line - m_firstLine);
    if (line < m_firstLine || !block.isValid())
        return false;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
    setFocus();
    return true;
}

void RouteYaml::markProblems()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const RouteProblem &problem : m_draft.problems()) {
        const QTextBlock block = document()->findBlockByNumber(problem.line - m_firstLine);
        if (problem.line < m_firstLine || !block.isValid())
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.cursor.setPosition(block.position()
                                + std::clamp(problem.column - 1, 0, block.length() - 1));
        mark.cursor.movePosition(QTextCursor::EndOfWord, QTextCursor::KeepAnchor);
        if (!mark.cursor.hasSelection())
            mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(
            Theme::current().color(problem.isError ? Token::Error : Token::Warn));
        marks << mark;
    }
    setExtraSelections(marks);
    m_gutter->update();
}

void RouteYaml::fitGutter()
{
    const QFontMetrics metrics(font());
    const int digits = int(QString::number(m_firstLine + blockCount()).size());
    const int width = metrics.horizontalAdvance(QLatin1Char('0')) * std::max(digits, 2) + 24;
    setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), width, area.height());
}

void RouteYaml::paintGutter(QPaintEvent *event)
{
    const Theme &theme = Theme::current();
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), theme.color(Token::Panel));
    painter.setFont(type::data(11));
    QTextBlock block = firstVisibleBlock();
    for (; block.isValid(); block = block.next()) {
        QRectF line = blockBoundingGeometry(block).translated(contentOffset());
        line.setHeight(QFontMetrics(font()).lineSpacing()); // the last block has a margin, too
        if (line.top() > m_gutter->height())
            break;
        const int number = m_firstLine + block.blockNumber();
        const auto isHere = [number](const RouteProblem &problem) {
            return problem.line == number;
        };
        const auto it = std::ranges::find_if(m_draft.problems(), isHere);
        const int width = m_gutter->width();
        if (it != m_draft.problems().end()) {
            paintGlyph(painter, QRectF(2, line.top() + 2, 12, line.height() - 4),
                       it->isError ? Glyph::Error : Glyph::Warning,
                       theme.color(it->isError ? Token::Error : Token::Warn));
        }
        painter.setPen(theme.color(Token::Text3));
        painter.drawText(QRectF(0, line.top(), width - 8, line.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
    }
}

bool RouteYaml::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_gutter || event->type() != QEvent::Paint)
        return QPlainTextEdit::eventFilter(watched, event);
    paintGutter(static_cast<QPaintEvent *>(event));
    return true;
}

void RouteYaml::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitGutter();
}

void RouteYaml::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange && font() != type::data())
        setFont(type::data());
    if (event->type() != QEvent::PaletteChange)
        return;
    if (auto *const colors = document()->findChild<YamlColors *>())
        colors->rehighlight();
    markProblems();
}

/// A new line begins where the one above does.
void RouteYaml::keyPressEvent(QKeyEvent *event)
{
    const bool isBreak = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isBreak || event->modifiers() != Qt::NoModifier) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    const QString line = textCursor().block().text();
    const auto isText = [](QChar c) { return c != QLatin1Char(' '); };
    const auto indent = std::ranges::find_if(line, isText) - line.begin();
    insertPlainText(QLatin1Char('\n') + QString(indent, QLatin1Char(' ')));
}

} // namespace gatehouse::ui
