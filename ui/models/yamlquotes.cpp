// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yamlquotes.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace gatehouse::ui {

namespace {

// What YAML 1.1 and 1.2 read as something else than text.
bool looksTyped(const QString &text)
{
    static const QRegularExpression typed(
        QStringLiteral(R"(^([-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xo][0-9a-fA-F]+)"
                       R"(|[-+]?\.(inf|nan)|~|null|true|false|yes|no|on|off|y|n)$)"),
        QRegularExpression::CaseInsensitiveOption);
    return typed.match(text).hasMatch();
}

bool isSafePlain(const QString &text)
{
    static const QRegularExpression safe(QStringLiteral(R"(^[A-Za-z0-9_./][A-Za-z0-9_./+@%-]*$)"));
    return safe.match(text).hasMatch() && !text.startsWith(QLatin1String("..."))
        && !looksTyped(text);
}

QString doubleQuoted(const QString &text)
{
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            out += QLatin1Char('\\') + QString(c);
        else if (c == QLatin1Char('\n'))
            out += QLatin1String("\\n");
        else if (c == QLatin1Char('\t'))
            out += QLatin1String("\\t");
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            out += QStringLiteral("\\x%1").arg(c.unicode(), 2, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out + QLatin1Char('"');
}

bool fitsSingleQuotes(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() >= 0x20; });
}

/// The character that the escape at \a at means; \a at moves behind it.
QString unescaped(QStringView text, qsizetype &at)
{
    const char16_t c = text[at++].unicode();
    const int digits = c == u'x' ? 2 : c == u'u' ? 4 : c == u'U' ? 8 : 0;
    if (digits > 0) {
        bool isNumber = false;
        const char32_t code = text.mid(at, digits).toUInt(&isNumber, 16);
        at += digits;
        return isNumber && code <= 0x10FFFF ? QString::fromUcs4(&code, 1)
                                            : QString(QChar::ReplacementCharacter);
    }
    switch (c) {
    case u'n':
        return QStringLiteral("\n");
    case u't':
        return QStringLiteral("\t");
    case u'r':
        return QStringLiteral("\r");
    case u'0':
        return QString(QChar(0));
    case u'e':
        return QString(QChar(0x1b));
    default:
        return QString(QChar(c));
    }
}

QString folded(QStringView text)
{
    static const QRegularExpression breaks(QStringLiteral("[ \\t]*\\r?\\n[ \\t]*"));
    return text.contains(QLatin1Char('\n')) ? text.toString().replace(breaks, QStringLiteral(" "))
                                            : text.toString();
}

} // namespace

qsizetype yamlQuotedEnd(QStringView text, qsizetype begin)
{
    const QChar quote = text[begin];
    for (qsizetype at = begin + 1; at < text.size(); ++at) {
        if (text[at] == QLatin1Char('\\') && quote == QLatin1Char('"'))
            ++at;
        else if (text[at] == quote && quote == QLatin1Char('\'') && at + 1 < text.size()
                 && text[at + 1] == quote)
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return text.size();
}

QString yamlUnquoted(QStringView scalar)
{
    const QChar quote = scalar.isEmpty() ? QChar() : scalar[0];
    QStringView inner = scalar.mid(1);
    if (inner.endsWith(quote))
        inner.chop(1);
    const QString text = folded(inner);
    if (quote == QLatin1Char('\''))
        return QString(text).replace(QLatin1String("''"), QLatin1String("'"));
    QString out;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at] == QLatin1Char('\\') && at + 1 < text.size())
            out += unescaped(text, ++at);
        else
            out += text[at++];
    }
    return out;
}

QString yamlScalar(const QString &text, YamlNode::Style like)
{
    if (like == YamlNode::Style::DoubleQuoted)
        return doubleQuoted(text);
    if (like == YamlNode::Style::SingleQuoted && fitsSingleQuotes(text))
        return QLatin1Char('\'') + QString(text).replace(QLatin1String("'"), QLatin1String("''"))
            + QLatin1Char('\'');
    return isSafePlain(text) ? text : doubleQuoted(text);
}

QStringList yamlKeys(const QJsonObject &object)
{
    QStringList keys;
    for (const char *first : {"id", "use", "name"}) {
        if (object.contains(QLatin1String(first)))
            keys << QLatin1String(first);
    }
    for (const QString &key : object.keys()) {
        if (!keys.contains(key))
            keys << key;
    }
    return keys;
}

QString yamlFlow(const QJsonValue &value, YamlNode::Style like)
{
    QStringList parts;
    switch (value.type()) {
    case QJsonValue::Array:
        for (const QJsonValue &item : value.toArray())
            parts << yamlFlow(item);
        return QLatin1Char('[') + parts.join(QStringLiteral(", ")) + QLatin1Char(']');
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        for (const QString &key : yamlKeys(object))
            parts << yamlScalar(key) + QStringLiteral(": ") + yamlFlow(object[key]);
        return QLatin1Char('{') + parts.join(QStringLiteral(", ")) + QLatin1Char('}');
    }
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 17);
    case QJsonValue::String:
        return yamlScalar(value.toString(), like);
    default:
        return QStringLiteral("null");
    }
}

} // namespace gatehouse::ui
