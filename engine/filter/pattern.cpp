// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <vector>

namespace gatehouse::filter {

namespace {

constexpr quint32 mostSteps = 100'000;      ///< of a match
constexpr quint32 mostHeap = 4096;          ///< KiB of a match
constexpr std::size_t longestMessage = 256; ///< of PCRE

QString messageFor(int error, const QByteArray &pattern, std::size_t place)
{
    std::array<unsigned char, longestMessage> message{};
    pcre2_get_error_message(error, message.data(), message.size());
    const qsizetype column = QString::fromUtf8(pattern.left(qsizetype(place))).size();
    return QStringLiteral("%1, at its character %2")
        .arg(QString::fromUtf8(reinterpret_cast<const char *>(message.data())))
        .arg(column + 1);
}

} // namespace

void Pattern::Free::operator()(pcre2_real_code_8 *code) const
{
    pcre2_code_free(code);
}

void Pattern::Free::operator()(pcre2_real_match_context_8 *context) const
{
    pcre2_match_context_free(context);
}

void Pattern::Free::operator()(pcre2_real_match_data_8 *data) const
{
    pcre2_match_data_free(data);
}

Pattern::Pattern(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    int error = 0;
    std::size_t place = 0;
    m_code.reset(pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>(utf8.constData()), std::size_t(utf8.size()),
        PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C,
        &error, &place, nullptr));
    if (!m_code) {
        m_error = messageFor(error, utf8, place);
        return;
    }
    // Where there is no just-in-time compiler, it is interpreted.
    (void)pcre2_jit_compile(m_code.get(), PCRE2_JIT_COMPLETE);
    m_match.reset(pcre2_match_data_create(1, nullptr)); // where it matches is nobody's question
    m_limits.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(m_limits.get(), mostSteps);
    pcre2_set_heap_limit(m_limits.get(), mostHeap);
}

bool Pattern::matches(std::string_view utf8)
{
    if (!m_code)
        return false;
    const auto match = [&](quint32 options) {
        return pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(utf8.data()), utf8.size(), 0,
                           options, m_match.get(), m_limits.get());
    };
    int result = match(0);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = match(PCRE2_NO_JIT);
    if (result < 0 && result != PCRE2_ERROR_NOMATCH)
        m_hasRunAway = true;
    return result >= 0; // 0: it matches, and has more groups than there is room for
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
