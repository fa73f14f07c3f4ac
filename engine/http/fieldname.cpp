// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/fieldname.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace gatehouse {

namespace {

struct Known
{
    std::string_view name; // lower case
    FieldName id;
};

constexpr std::array known = {
    Known{"te", FieldName::Te},
    Known{"via", FieldName::Via},
    Known{"date", FieldName::Date},
    Known{"host", FieldName::Host},
    Known{"allow", FieldName::Allow},
    Known{"expect", FieldName::Expect},
    Known{"server", FieldName::Server},
    Known{"trailer", FieldName::Trailer},
    Known{"upgrade", FieldName::Upgrade},
    Known{"location", FieldName::Location},
    Known{"forwarded", FieldName::Forwarded},
    Known{"x-real-ip", FieldName::XRealIp},
    Known{"connection", FieldName::Connection},
    Known{"keep-alive", FieldName::KeepAlive},
    Known{"content-type", FieldName::ContentType},
    Known{"max-forwards", FieldName::MaxForwards},
    Known{"x-request-id", FieldName::XRequestId},
    Known{"gatehouse-tag", FieldName::GatehouseTag},
    Known{"content-length", FieldName::ContentLength},
    Known{"http2-settings", FieldName::Http2Settings},
    Known{"x-forwarded-for", FieldName::XForwardedFor},
    Known{"x-forwarded-host", FieldName::XForwardedHost},
    Known{"proxy-connection", FieldName::ProxyConnection},
    Known{"transfer-encoding", FieldName::TransferEncoding},
    Known{"x-forwarded-proto", FieldName::XForwardedProto},
    Known{"proxy-authenticate", FieldName::ProxyAuthenticate},
    Known{"proxy-authorization", FieldName::ProxyAuthorization},
};

consteval bool isTableFine()
{
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (i > 0 && known[i].name.size() < known[i - 1].name.size())
            return false;
        for (std::size_t j = 0; j < i; ++j) {
            if (known[i].name == known[j].name || known[i].id == known[j].id)
                return false;
        }
    }
    return known.size() == fieldNameCount - 1; // all but Other
}
static_assert(isTableFine(), "every FieldName has one row, and rows are sorted by length");

constexpr std::size_t longest = known.back().name.size();

/// Where the names of each length begin; known is sorted by length.
consteval std::array<unsigned char, longest + 2> indexByLength()
{
    std::array<unsigned char, longest + 2> index{};
    for (std::size_t length = 0; length < index.size(); ++length) {
        std::size_t i = 0;
        while (i < known.size() && known[i].name.size() < length)
            ++i;
        index[length] = static_cast<unsigned char>(i);
    }
    return index;
}

constexpr auto firstOfLength = indexByLength();

constexpr unsigned char lower(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20U : byte;
}

/// Eight characters at once: they may differ in the bit that tells capitals, where \a b has a
/// letter. Of what names hold, only letters have bit 0x40.
bool wordMatches(const char *a, const char *b)
{
    constexpr quint64 letterBits = 0x4040404040404040;
    quint64 wordA = 0;
    quint64 wordB = 0;
    std::memcpy(&wordA, a, sizeof wordA);
    std::memcpy(&wordB, b, sizeof wordB);
    return ((wordA ^ wordB) & ~((wordB & letterBits) >> 1)) == 0;
}

/// \a a in any case, \a b in lower case, of one length.
bool matches(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    for (; i + 8 <= a.size(); i += 8) {
        if (!wordMatches(a.data() + i, b.data() + i))
            return false;
    }
    if (i > 0) // the last eight, some of them once more
        return wordMatches(a.data() + a.size() - 8, b.data() + a.size() - 8);
    for (; i < a.size(); ++i) {
        if (lower(a[i]) != static_cast<unsigned char>(b[i]))
            return false;
    }
    return true;
}

} // namespace

FieldName fieldNameFrom(std::string_view name)
{
    if (name.size() > longest)
        return FieldName::Other;
    const std::size_t end = firstOfLength[name.size() + 1];
    for (std::size_t i = firstOfLength[name.size()]; i < end; ++i) {
        if (matches(name, known[i].name))
            return known[i].id;
    }
    return FieldName::Other;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

bool isTakenFor(std::string_view sent, std::string_view own)
{
    const auto plain = [](char c) { return c == '_' ? '-' : char(lower(c)); };
    return std::ranges::equal(sent, own, {}, plain, plain);
}

} // namespace gatehouse
