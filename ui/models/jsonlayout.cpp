// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/jsonlayout.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

bool isSpace(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

} // namespace

void JsonLayout::feed(QByteArrayView bytes, QByteArray &out)
{
    for (qsizetype i = 0; i < bytes.size(); ++i, ++m_at) {
        const char byte = bytes[i];
        if (m_inString) {
            out += byte;
            m_inString = m_escaped || byte != '"';
            m_escaped = !m_escaped && byte == '\\';
            continue;
        }
        if (isSpace(byte))
            continue;
        if (byte == '}' || byte == ']') {
            close(byte, out);
            continue;
        }
        if (m_justOpened) {
            m_justOpened = false;
            lineBreak(out);
        }
        if (byte == '{' || byte == '[') {
            open(byte, out);
        } else if (byte == ',') {
            out += byte;
            lineBreak(out);
        } else {
            out += byte;
            if (byte == ':')
                out += ' ';
            m_inString = byte == '"';
        }
    }
}

void JsonLayout::finish()
{
    if (m_inString)
        say(QStringLiteral("the text ends within a string"));
    else if (!m_open.isEmpty())
        say(QStringLiteral("the text ends before \"%1\" is closed")
                .arg(QLatin1Char(m_open.back())));
}

void JsonLayout::open(char bracket, QByteArray &out)
{
    out += bracket;
    if (m_open.size() >= mostLevels)
        say(QStringLiteral("more than %1 levels").arg(mostLevels));
    m_open += bracket;
    m_justOpened = true;
}

void JsonLayout::close(char bracket, QByteArray &out)
{
    const char wanted = bracket == '}' ? '{' : '[';
    if (m_open.isEmpty() || m_open.back() != wanted) {
        say(m_open.isEmpty() ? QStringLiteral("\"%1\" closes nothing").arg(QLatin1Char(bracket))
                             : QStringLiteral("\"%1\" closes what \"%2\" opened")
                                   .arg(QLatin1Char(bracket))
                                   .arg(QLatin1Char(m_open.back())));
    }
    if (!m_open.isEmpty())
        m_open.chop(1);
    if (!m_justOpened)
        lineBreak(out);
    m_justOpened = false;
    out += bracket;
}

void JsonLayout::lineBreak(QByteArray &out) const
{
    out += '\n';
    out.append(2 * std::min<qsizetype>(m_open.size(), mostLevels), ' ');
}

void JsonLayout::say(const QString &what)
{
    if (m_problem.isEmpty())
        m_problem = QStringLiteral("byte %1: ").arg(m_at) + what;
}

} // namespace gatehouse::ui
