// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/pattern.h"

#include <QStringDecoder>

#include <algorithm>
#include <vector>

namespace gatehouse::filter {

namespace {

// In front of a pattern, for PCRE: a runaway ends as an invalid match.
constexpr QLatin1String limit("(*LIMIT_MATCH=100000)");

} // namespace

Pattern::Pattern(const QString &text)
    : m_expression(limit + text,
                   QRegularExpression::CaseInsensitiveOption
                       | QRegularExpression::UseUnicodePropertiesOption)
{
}

QString Pattern::error() const
{
    if (m_expression.isValid())
        return {};
    const qsizetype column = m_expression.patternErrorOffset() - limit.size();
    return QStringLiteral("%1, at its character %2")
        .arg(m_expression.errorString())
        .arg(std::max<qsizetype>(column, 0) + 1);
}

bool Pattern::matches(std::string_view utf8)
{
    m_buffer.resize(qsizetype(utf8.size()));
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QChar *const end =
        decoder.appendToBuffer(m_buffer.data(), {utf8.data(), qsizetype(utf8.size())});
    m_buffer.truncate(end - m_buffer.constData());
    const QRegularExpressionMatch match = m_expression.match(m_buffer);
    if (!match.isValid())
        m_hasRunAway = true;
    return match.hasMatch();
}

bool Pattern::looksCostly(QStringView text)
{
    std::vector<bool> groups{false}; // does the group at this depth repeat something without end?
    bool hadRepeat = false;          // of the group that was closed last
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\\') {
            ++i;
            hadRepeat = false;
        } else if (c == u'[') {
            const qsizetype end = text.indexOf(u']', i + 2);
            i = end < 0 ? text.size() : end;
            hadRepeat = false;
        } else if (c == u'(') {
            groups.push_back(false);
            hadRepeat = false;
        } else if (c == u')' && groups.size() > 1) {
            hadRepeat = groups.back();
            groups.pop_back();
            groups.back() = groups.back() || hadRepeat;
        } else if (c == u'*' || c == u'+') {
            if (hadRepeat)
                return true;
            groups.back() = true;
        } else {
            hadRepeat = false;
        }
    }
    return false;
}

} // namespace gatehouse::filter
