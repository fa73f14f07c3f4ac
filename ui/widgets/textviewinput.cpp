// SPDX-License-Identifier: GPL-3.0-or-later
// TextView: scrolling, keys and mouse.
#include "ui/settings/type.h"
#include "ui/widgets/textview.h"
#include "ui/widgets/textviewlaid.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSignalBlocker>

namespace gatehouse::ui {

void TextView::resizeEvent(QResizeEvent *)
{
    if (m_isWrapped)
        m_laid.clear();
    updateScrollBars();
}

void TextView::scrollContentsBy(int dx, int dy)
{
    if (dx != 0)
        m_laid.clear(); // long rows are laid out for what was to be seen
    if (dy != 0)
        m_top = {verticalScrollBar()->value(), 0};
    viewport()->update();
}

void TextView::wheelEvent(QWheelEvent *event)
{
    if (!m_isWrapped || event->angleDelta().y() == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    // A wrapped row may be higher than the screen, so the wheel moves by lines of rows.
    scrollLines(-event->angleDelta().y() * QApplication::wheelScrollLines() / 120);
    event->accept();
}

void TextView::scrollLines(int lines)
{
    for (; lines > 0 && m_top.first < m_rows->count(); --lines) {
        if (m_top.second + 1 < laid(m_top.first).lines)
            ++m_top.second;
        else if (m_top.first + 1 < m_rows->count())
            m_top = {m_top.first + 1, 0};
    }
    for (; lines < 0; ++lines) {
        if (m_top.second > 0)
            --m_top.second;
        else if (m_top.first > 0)
            m_top = {m_top.first - 1, laid(m_top.first - 1).lines - 1};
    }
    const QSignalBlocker quiet(verticalScrollBar());
    verticalScrollBar()->setValue(int(m_top.first));
    viewport()->update();
}

void TextView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        forgetLayouts();
        updateScrollBars();
    }
}

TextView::Position TextView::clamped(Position position) const
{
    position.first =
        std::clamp<qint64>(position.first, 0, std::max<qint64>(0, m_rows->count() - 1));
    position.second = std::clamp(position.second, 0, int(m_rows->row(position.first).text.size()));
    return position;
}

TextView::Position TextView::movedBy(const QKeyEvent &event, bool &isMove) const
{
    const auto [row, column] = m_caret;
    const bool isFar = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
    case Qt::Key_Left:
        return column > 0 || row == 0 ? Position(row, column - 1) : Position(row - 1, INT_MAX);
    case Qt::Key_Right:
        return column < m_rows->row(row).text.size() ? Position(row, column + 1)
                                                     : Position(row + 1, 0);
    case Qt::Key_Up:
        return {row - 1, column};
    case Qt::Key_Down:
        return {row + 1, column};
    case Qt::Key_PageUp:
        return {row - visibleRows(), column};
    case Qt::Key_PageDown:
        return {row + visibleRows(), column};
    case Qt::Key_Home:
        return {isFar ? 0 : row, 0};
    case Qt::Key_End:
        return {isFar ? m_rows->count() - 1 : row, INT_MAX};
    default:
        isMove = false;
        return m_caret;
    }
}

void TextView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    bool isMove = !(event->modifiers() & Qt::AltModifier);
    const Position to = isMove ? movedBy(*event, isMove) : m_caret;
    if (!isMove) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    moveCaret(clamped(to), event->modifiers() & Qt::ShiftModifier);
}

void TextView::moveCaret(Position to, bool keepAnchor)
{
    const bool isNewRow = to.first != m_caret.first;
    m_caret = to;
    if (!keepAnchor)
        m_anchor = to;
    reveal(to);
    viewport()->update();
    if (isNewRow) {
        QAccessibleValueChangeEvent event(this, currentRowText());
        QAccessible::updateAccessibility(&event);
    }
}

void TextView::reveal(Position position)
{
    const qint64 last = m_top.first + visibleRows() - 1;
    if (position.first < m_top.first || position.first > last) {
        const qint64 top = position.first - visibleRows() / 3;
        verticalScrollBar()->setValue(int(std::max<qint64>(0, top)));
    }
    if (m_isWrapped)
        return;
    const Laid &content = laid(position.first);
    if (content.layout.lineCount() == 0)
        return;
    const int column = position.second - content.first;
    const bool isLaidOut = column >= 0 && column <= content.shown();
    const double x = isLaidOut
        ? content.left + content.layout.lineAt(0).cursorToX(column)
        : position.second * QFontMetricsF(type::data()).horizontalAdvance(QLatin1Char('0'));
    const int width = viewport()->width() - gutter() - 40;
    QScrollBar *const bar = horizontalScrollBar();
    if (x < bar->value() || x > bar->value() + width)
        bar->setValue(std::max(0, int(x) - width / 2));
}

TextView::Position TextView::positionAt(const QPoint &point)
{
    const int height = lineHeight();
    int y = 4 - m_top.second * height;
    qint64 row = m_top.first;
    for (; row + 1 < m_rows->count(); ++row) {
        const int next = y + laid(row).lines * height;
        if (point.y() < next)
            break;
        y = next;
    }
    if (m_rows->count() == 0)
        return {0, 0};
    const Laid &content = laid(row);
    if (content.layout.lineCount() == 0)
        return {row, 0};
    const int line = std::clamp((point.y() - y) / height, 0, content.layout.lineCount() - 1);
    const double x = point.x() - gutter() + horizontalScrollBar()->value() - content.left;
    return {row, content.first + content.layout.lineAt(line).xToCursor(x)};
}

void TextView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveCaret(positionAt(event->position().toPoint()), event->modifiers() & Qt::ShiftModifier);
}

void TextView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        moveCaret(positionAt(event->position().toPoint()), true);
}

void TextView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto [row, column] = positionAt(event->position().toPoint());
    const QString text = m_rows->row(row).text;
    const auto isWord = [&](int at) {
        return at >= 0 && at < text.size()
            && (text[at].isLetterOrNumber() || QStringView(u"_-").contains(text[at]));
    };
    int from = column;
    int to = column;
    while (isWord(from - 1))
        --from;
    while (isWord(to))
        ++to;
    m_anchor = {row, from};
    moveCaret({row, to}, true);
}

void TextView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *const copying = menu->addAction(tr("&Copy"), this, &TextView::copy);
    copying->setShortcut(QKeySequence::Copy);
    copying->setEnabled(hasSelection());
    menu->addAction(tr("Select &all"), this, &TextView::selectAll)
        ->setShortcut(QKeySequence::SelectAll);
    menu->popup(event->globalPos());
}

void TextView::copy() const
{
    if (hasSelection())
        QApplication::clipboard()->setText(selectedText());
}

} // namespace gatehouse::ui
