// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerenvironment.h"
#include "ui/widgets/textcolors.h"

#include <QSyntaxHighlighter>

namespace gatehouse::ui {

/// Colours JSON while it is typed, and variables: those without a value are underlined, too.
class BodyHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit BodyHighlighter(QTextDocument *document);
    ~BodyHighlighter() override;

    void setLook(TextLook look);
    void setEnvironment(const ComposerEnvironment &environment);

protected:
    void highlightBlock(const QString &text) override;

private:
    TextLook m_look = TextLook::Plain;
    ComposerEnvironment m_environment;
};

} // namespace gatehouse::ui
