// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/yamlcolors.h"

#include "ui/settings/theme.h"

#include <QRegularExpression>

namespace gatehouse::ui {

YamlColors::YamlColors(QTextDocument *document) : QSyntaxHighlighter(document) {}

YamlColors::~YamlColors() = default;

void YamlColors::highlightBlock(const QString &text)
{
    static const QRegularExpression parts(QStringLiteral(
        R"re((?<quoted>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|(?<comment>(?:^|\s)#.*$))re"
        R"re(|(?<key>[\w./*-]+)(?=:(?:\s|$))|(?<=[\s\[,])(?<number>-?\d[\w.]*)(?=[\s,\]}]|$))re"));
    const Theme &theme = Theme::current();
    const std::pair<const char16_t *, Token> colors[] = {{u"quoted", Token::Ok},
                                                         {u"comment", Token::Text3},
                                                         {u"key", Token::Put},
                                                         {u"number", Token::Link}};
    for (auto it = parts.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        for (const auto &[name, token] : colors) {
            const QString group = QString::fromUtf16(name);
            if (match.capturedLength(group) > 0)
                setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)),
                          theme.color(token));
        }
    }
}

} // namespace gatehouse::ui
