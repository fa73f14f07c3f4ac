// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/address.h"

#include <array>

namespace gatehouse::net {

/// A block of IP addresses: "10.0.0.0/8", "fd00::/8", or a single "127.0.0.1".
class AddressRange
{
public:
    /// InvalidConfig for anything else. Bits behind the prefix are ignored.
    static Result<AddressRange> parse(std::string_view text);

    /// IPv4-mapped IPv6 addresses count as IPv4, on both sides; Unix sockets are in no range.
    [[nodiscard]] bool contains(const Address &address) const;
    /// How narrow it is: of two ranges of a family that contain an address, the one with more bits
    /// is inside the other.
    [[nodiscard]] int prefixBits() const { return m_prefix; }
    /// "10.0.0.0/8".
    [[nodiscard]] std::string text() const;

    friend bool operator==(const AddressRange &a, const AddressRange &b) = default;

private:
    AddressRange() = default;

    std::array<quint8, 16> m_bytes{}; ///< IPv4 mapped, zero behind the prefix
    int m_prefix = 0;                 ///< of the 128 bits
};

} // namespace gatehouse::net
