// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/scanner.h"

namespace gatehouse::filter {

namespace {

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isNameCharacter(QChar c)
{
    return isLetter(c) || isDigit(c) || c == u'_' || c == u'-';
}

} // namespace

bool Scanner::isBreak(QChar character)
{
    return character.isSpace() || character == u'(' || character == u')' || character == u'"';
}

QChar Scanner::peek(qsizetype ahead) const
{
    const qsizetype at = m_position + ahead;
    return at < m_text.size() ? m_text[at] : QChar();
}

void Scanner::skipSpace()
{
    while (!isAtEnd() && peek().isSpace())
        ++m_position;
}

bool Scanner::take(QChar character)
{
    if (isAtEnd() || peek() != character)
        return false;
    ++m_position;
    return true;
}

bool Scanner::takeWord(std::initializer_list<QLatin1String> spellings)
{
    for (const QLatin1String spelling : spellings) {
        const qsizetype end = m_position + spelling.size();
        if (m_text.sliced(m_position).startsWith(spelling, Qt::CaseInsensitive)
            && (end == m_text.size() || isBreak(m_text[end]))) {
            m_position = end;
            return true;
        }
    }
    return false;
}

bool Scanner::takeIndexes(QString &step)
{
    while (peek() == u'[') {
        const qsizetype end = m_text.indexOf(u']', m_position);
        if (end < 0)
            return false;
        const QStringView index = m_text.sliced(m_position + 1, end - m_position - 1);
        bool isNumber = !index.isEmpty() && index.size() <= 9;
        for (const QChar c : index)
            isNumber = isNumber && isDigit(c);
        if (!isNumber && index != QLatin1String("*"))
            return false;
        step += m_text.sliced(m_position, end + 1 - m_position);
        m_position = end + 1;
    }
    return true;
}

bool Scanner::takeStep(QString &step)
{
    if (peek() == u'"') {
        const std::optional<QString> quoted = takeString();
        if (!quoted || quoted->isEmpty())
            return false;
        step = u'"' + *quoted; // the quote tells a name from `*` and `$`
        return true;
    }
    if (peek() == u'$' || peek() == u'*') {
        step = peek();
        ++m_position;
    } else {
        const qsizetype begin = m_position;
        while (!isAtEnd() && isNameCharacter(peek()))
            ++m_position;
        if (begin == m_position)
            return false;
        step = m_text.sliced(begin, m_position - begin).toString();
    }
    return takeIndexes(step);
}

std::optional<Scanner::Name> Scanner::takeName()
{
    const qsizetype begin = m_position;
    if (isAtEnd() || !isLetter(peek()))
        return std::nullopt;
    while (!isAtEnd() && isNameCharacter(peek()))
        ++m_position;
    Name name{m_text.sliced(begin, m_position - begin).toString(), {}};
    while (peek() == u'.') {
        ++m_position;
        QString step;
        if (!takeStep(step)) {
            m_position = begin;
            return std::nullopt;
        }
        name.tail << step;
    }
    return name;
}

std::optional<Comparison> Scanner::takeComparison()
{
    struct Spelling
    {
        QLatin1String text;
        Comparison comparison;
    };
    using enum Comparison;
    static const Spelling spellings[] = {
        {QLatin1String("!="), Unequal},
        {QLatin1String("!~"), MatchesNot},
        {QLatin1String(">="), GreaterEqual},
        {QLatin1String("<="), LessEqual},
        {QLatin1String(">"), Greater},
        {QLatin1String("<"), Less},
        {QLatin1String(":"), Is},
        {QLatin1String("="), Equal},
        {QLatin1String("~"), Matches},
    };
    const QStringView rest = m_text.sliced(m_position);
    if (rest.startsWith(QLatin1String("://")))
        return std::nullopt;
    for (const auto &[text, comparison] : spellings) {
        if (rest.startsWith(text)) {
            m_position += text.size();
            return comparison;
        }
    }
    return std::nullopt;
}

std::optional<QString> Scanner::takeString(bool isPattern)
{
    QString value;
    for (qsizetype i = m_position + 1; i < m_text.size(); ++i) {
        QChar c = m_text[i];
        if (c == u'"') {
            m_position = i + 1;
            return value;
        }
        if (c == u'\\' && i + 1 < m_text.size()) {
            c = m_text[++i];
            if (isPattern && c != u'"')
                value += u'\\';
        }
        value += c;
    }
    return std::nullopt;
}

QString Scanner::takeText()
{
    const qsizetype begin = m_position;
    while (!isAtEnd() && !isBreak(peek()))
        ++m_position;
    return m_text.sliced(begin, m_position - begin).toString();
}

QString Scanner::takeValue()
{
    const qsizetype begin = m_position;
    while (!isAtEnd() && !isBreak(peek()) && peek() != u',')
        ++m_position;
    return m_text.sliced(begin, m_position - begin).toString();
}

QString Scanner::takePattern()
{
    const qsizetype begin = m_position;
    int open = 0;
    for (; !isAtEnd() && !peek().isSpace(); ++m_position) {
        if (peek() == u'\\' && m_position + 1 < m_text.size() && !peek(1).isSpace()) {
            ++m_position;
        } else if (peek() == u'(') {
            ++open;
        } else if (peek() == u')' && --open < 0) {
            break;
        }
    }
    return m_text.sliced(begin, m_position - begin).toString();
}

} // namespace gatehouse::filter
