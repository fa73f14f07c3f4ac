// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/bodyhighlighter.h"

namespace gatehouse::ui {

BodyHighlighter::BodyHighlighter(QTextDocument *document) : QSyntaxHighlighter(document) {}

BodyHighlighter::~BodyHighlighter() = default;

void BodyHighlighter::setLook(TextLook look)
{
    if (look == m_look)
        return;
    m_look = look;
    rehighlight();
}

void BodyHighlighter::setEnvironment(const ComposerEnvironment &environment)
{
    if (environment == m_environment)
        return;
    m_environment = environment;
    rehighlight();
}

void BodyHighlighter::highlightBlock(const QString &text)
{
    constexpr qsizetype mostColored = 20'000; // a longer line is slow to lay out as it is
    if (text.size() > mostColored)
        return;
    for (const ColorRun &run : colorRuns(text, m_look, false))
        setFormat(run.start, run.length, Theme::current().color(run.token));
    for (const VariableUse &use : variablesIn(text)) {
        QTextCharFormat format;
        const bool isKnown =
            resolved(text.mid(use.start, use.length), m_environment).problems.isEmpty();
        format.setForeground(Theme::current().color(isKnown ? Token::Link : Token::Error));
        format.setFontUnderline(!isKnown);
        setFormat(int(use.start), int(use.length), format);
    }
}

} // namespace gatehouse::ui
