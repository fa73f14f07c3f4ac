// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/addressrange.h"

#include <charconv>
#include <cstring>

namespace gatehouse::net {

namespace {

constexpr std::array<quint8, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool isV4(const std::array<quint8, 16> &bytes)
{
    return std::memcmp(bytes.data(), mappedPrefix.data(), mappedPrefix.size()) == 0;
}

std::unexpected<Error> refuse(std::string_view text)
{
    const QString quoted = QString::fromUtf8(text.data(), qsizetype(text.size()));
    return fail(ErrorCode::InvalidConfig,
                QString("\"%1\" is no address range like 10.0.0.0/8 or 127.0.0.1").arg(quoted));
}

} // namespace

Result<AddressRange> AddressRange::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::optional<Address> address = Address::fromIp(text.substr(0, slash), 0);
    if (!address)
        return refuse(text);

    AddressRange range;
    address->bytes(range.m_bytes);
    const int width = address->family() == AF_INET ? 32 : 128;
    int prefix = width;
    if (slash != text.npos) {
        const std::string_view digits = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.begin(), digits.end(), prefix);
        if (error != std::errc() || end != digits.end() || prefix < 0 || prefix > width)
            return refuse(text);
    }
    range.m_prefix = 128 - width + prefix;
    for (int bit = range.m_prefix; bit < 128; ++bit)
        range.m_bytes[bit / 8] &= quint8(~(0x80 >> (bit % 8)));
    return range;
}

bool AddressRange::contains(const Address &address) const
{
    std::array<quint8, 16> bytes;
    address.bytes(bytes);
    // Without this, ::/0 would take in every IPv4 address.
    if (address.isUnix() || isV4(bytes) != (m_prefix >= 96 && isV4(m_bytes)))
        return false;
    const int whole = m_prefix / 8;
    if (std::memcmp(bytes.data(), m_bytes.data(), whole) != 0)
        return false;
    const quint8 mask = quint8(0xff00 >> (m_prefix % 8));
    return m_prefix % 8 == 0 || (bytes[whole] & mask) == m_bytes[whole];
}

std::string AddressRange::text() const
{
    const bool v4 = m_prefix >= 96 && isV4(m_bytes);
    std::string text;
    sockaddr_storage storage{};
    storage.ss_family = AF_INET6;
    std::memcpy(reinterpret_cast<char *>(&storage) + 8, m_bytes.data(), 16);
    text = Address::fromNative(reinterpret_cast<sockaddr *>(&storage), sizeof storage).host();
    return text + "/" + std::to_string(v4 ? m_prefix - 96 : m_prefix);
}

} // namespace gatehouse::net
