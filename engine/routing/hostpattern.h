// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/routingerror.h"

#include <array>
#include <string>
#include <string_view>

namespace gatehouse::routing {

/// Which hosts a route is for: one name, "*.example.com" (one label or more in front), or any.
class HostPattern
{
public:
    enum class Kind { Exact, Wildcard, Any };

    HostPattern() = default; ///< any host
    /// Lower-cases; a port, a path or a "*" anywhere else is an error.
    static Expected<HostPattern> parse(std::string_view text);

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// The name, or ".example.com" of a wildcard, or nothing.
    [[nodiscard]] const std::string &key() const { return m_key; }
    [[nodiscard]] std::string text() const;
    /// \a host must have gone through HostName.
    [[nodiscard]] bool accepts(std::string_view host) const;

    /// More specific first: exact, then wildcards by length, then any.
    friend bool isMoreSpecific(const HostPattern &a, const HostPattern &b);
    friend bool operator==(const HostPattern &a, const HostPattern &b) = default;

private:
    Kind m_kind = Kind::Any;
    std::string m_key;
};

/// The host of a request as patterns compare it: lower case, without port and final dot. No
/// allocation; a name that is too long for the DNS (RFC 1035, section 2.3.4) becomes empty.
class HostName
{
public:
    explicit HostName(std::string_view authority);
    [[nodiscard]] std::string_view text() const { return {m_text.data(), m_size}; }

private:
    std::size_t m_size = 0;
    std::array<char, 256> m_text;
};

} // namespace gatehouse::routing
