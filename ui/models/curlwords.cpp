// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/curlwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Curl", text);
}

class Splitter
{
public:
    /// Without zero bytes, which no word of a shell can hold.
    explicit Splitter(const QString &text) : m_text(QString(text).remove(QChar(0))) {}

    Result<QStringList> run();

private:
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }
    Result<bool> step(); // false: the command ends here
    Result<void> single();
    Result<void> twice();
    Result<void> dollar();
    void escape();
    void number(int base, int most);
    void put(QChar character);
    void endWord();

    const QString m_text;
    qsizetype m_at = 0;
    QStringList m_words;
    QString m_word;
    bool m_isInWord = false;
};

std::unexpected<Error> unclosed(const char *quote)
{
    return fail(
        ErrorCode::BadRequest,
        tr("A %1 is opened and not closed: was the end cut off?").arg(QLatin1String(quote)));
}

void Splitter::put(QChar character)
{
    m_word += character;
    m_isInWord = true;
}

void Splitter::endWord()
{
    if (m_isInWord)
        m_words << std::exchange(m_word, {});
    m_isInWord = false;
}

Result<void> Splitter::single()
{
    const qsizetype end = m_text.indexOf('\'', m_at + 1);
    if (end < 0)
        return unclosed("'");
    m_word += QStringView(m_text).mid(m_at + 1, end - m_at - 1);
    m_isInWord = true;
    m_at = end + 1;
    return {};
}

Result<void> Splitter::twice()
{
    m_isInWord = true;
    for (++m_at; !isAtEnd(); ++m_at) {
        if (peek() == '"') {
            ++m_at;
            return {};
        }
        // Only these are escapes here (POSIX, Shell Command Language, 2.2.3).
        if (peek() == '\\' && QStringLiteral("$`\"\\\n").contains(peek(1)) && !peek(1).isNull()) {
            ++m_at;
            if (peek() == '\n')
                continue;
        }
        m_word += peek();
    }
    return unclosed("\"");
}

void Splitter::number(int base, int most)
{
    QString digits;
    while (digits.size() < most) {
        bool isDigit = false;
        QString(peek(digits.size())).toUInt(&isDigit, base);
        if (!isDigit)
            break;
        digits += peek(digits.size());
    }
    if (digits.isEmpty())
        return;
    m_at += digits.size();
    const char32_t code = digits.toUInt(nullptr, base);
    if (code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF))
        m_word += QString::fromUcs4(&code, 1);
}

void Splitter::escape()
{
    static const QString names = QStringLiteral("abefnrtv\\'\"?");
    static const QString values = QStringLiteral("\a\b\x1b\f\n\r\t\v\\'\"?");
    const QChar kind = peek();
    const qsizetype known = names.indexOf(kind);
    if (known >= 0) {
        m_word += values[known];
        ++m_at;
    } else if (kind >= '0' && kind <= '7') {
        number(8, 3);
    } else if (kind == 'x' || kind == 'u' || kind == 'U') {
        ++m_at;
        number(16, kind == 'x' ? 2 : kind == 'u' ? 4 : 8);
    } else {
        m_word += '\\';
    }
}

Result<void> Splitter::dollar()
{
    m_isInWord = true;
    m_at += 2;
    while (!isAtEnd()) {
        if (peek() == '\'') {
            ++m_at;
            return {};
        }
        if (peek() == '\\' && m_at + 1 < m_text.size()) {
            ++m_at;
            escape();
        } else {
            m_word += peek();
            ++m_at;
        }
    }
    return unclosed("$'");
}

Result<bool> Splitter::step()
{
    const QChar c = peek();
    Result<void> quoted;
    if (c == '\'') {
        quoted = single();
    } else if (c == '"') {
        quoted = twice();
    } else if (c == '$' && peek(1) == '\'') {
        quoted = dollar();
    } else if (c == '\\') {
        const bool isWindowsLine = peek(1) == '\r' && peek(2) == '\n';
        if (peek(1) != '\n' && !isWindowsLine && !peek(1).isNull())
            put(peek(1));
        m_at += isWindowsLine ? 3 : 2;
    } else if (c == '\n' || c == ';' || c == '|' || c == '>' || c == '<') {
        // What follows is another command, or where output goes: no part of the request.
        endWord();
        return m_words.isEmpty() && c == '\n' && (++m_at, true);
    } else if (c.isSpace()) {
        endWord();
        ++m_at;
    } else {
        put(c);
        ++m_at;
    }
    if (!quoted)
        return std::unexpected(quoted.error());
    return true;
}

Result<QStringList> Splitter::run()
{
    if (m_text.size() > mostCurlText)
        return fail(ErrorCode::BadRequest, tr("A command of more than 4 MB is not read."));
    while (!isAtEnd()) {
        const Result<bool> goesOn = step();
        if (!goesOn)
            return std::unexpected(goesOn.error());
        if (!*goesOn)
            break;
        if (m_words.size() > mostCurlWords)
            return fail(ErrorCode::BadRequest,
                        tr("A command of more than %1 words is not read.").arg(mostCurlWords));
    }
    endWord();
    return m_words;
}

bool isControl(QChar c)
{
    return c.unicode() < 0x20 || c.unicode() == 0x7F;
}

} // namespace

Result<QStringList> shellWords(const QString &text)
{
    return Splitter(text).run();
}

QString shellQuoted(const QString &text)
{
    static const QRegularExpression safe(
        QRegularExpression::anchoredPattern("[A-Za-z0-9_@%+=:,./-]+"));
    if (safe.match(text).hasMatch())
        return text;
    if (!std::ranges::any_of(text, isControl))
        return '\'' + QString(text).replace('\'', QStringLiteral("'\\''")) + '\'';
    QString out = QStringLiteral("$'");
    for (const QChar c : text) {
        if (c == '\n')
            out += QStringLiteral("\\n");
        else if (c == '\\' || c == '\'')
            out += QStringLiteral("\\") + c;
        else if (isControl(c))
            out += QStringLiteral("\\x%1").arg(c.unicode(), 2, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out + '\'';
}

} // namespace gatehouse::ui
