// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

namespace gatehouse::ui {

/// Colours of YAML: keys, quoted texts, numbers and comments. Seen line by line.
class YamlColors : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit YamlColors(QTextDocument *document);
    ~YamlColors() override;

protected:
    void highlightBlock(const QString &text) override;
};

} // namespace gatehouse::ui
