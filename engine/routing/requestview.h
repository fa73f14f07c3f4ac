// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>

namespace gatehouse::routing {

/// Header fields, wherever they are kept: a pointer and a function, so that routing knows no
/// request type and a lookup costs one indirect call. The default has no fields.
class Fields
{
public:
    Fields() = default;
    /// \a lookup(name, n) returns the n-th value of a field, counted from 0, or nullopt. Names are
    /// asked for in lower case; they are case-insensitive (RFC 9110, section 5.1). Not owned.
    template<typename Lookup>
        requires std::is_invocable_v<const Lookup &, std::string_view, int>
    explicit Fields(const Lookup &lookup) : m_object(&lookup)
                                          , m_value(&call<Lookup>)
    {
    }

    [[nodiscard]] std::optional<std::string_view> value(std::string_view name, int n) const
    {
        return m_value ? m_value(m_object, name, n) : std::nullopt;
    }

private:
    using Value = std::optional<std::string_view> (*)(const void *, std::string_view, int);

    template<typename Lookup>
    static std::optional<std::string_view> call(const void *object, std::string_view name, int n)
    {
        return (*static_cast<const Lookup *>(object))(name, n);
    }

    const void *m_object = nullptr;
    Value m_value = nullptr;
};

/// What of a request decides its route. Views into the request, as it came from the codec.
struct RequestView
{
    std::string_view method; ///< case-sensitive (RFC 9110, section 9.1)
    std::string_view host;   ///< authority; a port is ignored
    std::string_view path;   ///< raw, begins with "/", without query
    std::string_view query;  ///< raw, without "?"
    Fields fields;
};

} // namespace gatehouse::routing
