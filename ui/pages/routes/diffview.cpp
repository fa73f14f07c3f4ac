// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/diffview.h"

#include "engine/core/linediff.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QPainter>
#include <QTextBlock>

namespace gatehouse::ui {

namespace {

constexpr qsizetype mostShown = 400'000; ///< characters; more is cut, and the cut is said

/// Colours by the first character of each line.
class DiffColors : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        const Theme &theme = Theme::current();
        Token token = Token::Text2;
        if (text.startsWith(QLatin1String("+++")) || text.startsWith(QLatin1String("---")))
            token = Token::Text3;
        else if (text.startsWith(QLatin1Char('+')))
            token = Token::Ok;
        else if (text.startsWith(QLatin1Char('-')))
            token = Token::Error;
        else if (text.startsWith(QLatin1Char('@')))
            token = Token::Info;
        setFormat(0, int(text.size()), theme.color(token));
    }
};

} // namespace

DiffView::DiffView(const QString &name, QWidget *parent) : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setFont(type::data());
    new DiffColors(document());
}

DiffView::~DiffView() = default;

void DiffView::setDiff(const QString &diff, const QString &empty)
{
    const QString shown = diff.isEmpty() ? empty
        : diff.size() > mostShown        ? diff.left(mostShown) + tr("\n… the rest is not shown")
                                         : diff;
    if (shown != toPlainText())
        setPlainText(shown);
}

void DiffView::setTexts(const QString &before, const QString &after, const QString &empty)
{
    const auto lines = diffLines(before.split(QLatin1Char('\n')), after.split(QLatin1Char('\n')));
    setDiff(unifiedDiff(lines, tr("before"), tr("after")), empty);
}

void DiffView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange && font() != type::data())
        setFont(type::data());
    if (event->type() != QEvent::PaletteChange)
        return;
    if (auto *const colors = document()->findChild<QSyntaxHighlighter *>())
        colors->rehighlight();
}

/// A bar at the left of each changed line, so that changes are found without colours.
void DiffView::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    const Theme &theme = Theme::current();
    QPainter painter(viewport());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF line = blockBoundingGeometry(block).translated(contentOffset());
        if (line.top() > viewport()->height())
            break;
        const QString text = block.text();
        const bool isHead =
            text.startsWith(QLatin1String("+++")) || text.startsWith(QLatin1String("---"));
        const bool isAdded = text.startsWith(QLatin1Char('+'));
        if (isHead || (!isAdded && !text.startsWith(QLatin1Char('-'))))
            continue;
        painter.fillRect(QRectF(0, line.top(), 3, line.height()),
                         theme.color(isAdded ? Token::Ok : Token::Error));
    }
}

} // namespace gatehouse::ui
