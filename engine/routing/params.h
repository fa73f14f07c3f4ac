// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace gatehouse::routing {

/// The path parameters of a matched route, in the order of its pattern. Names live in the router,
/// values in the request or, where they were percent-encoded, in the arena given to match().
class Params
{
public:
    static constexpr int capacity = 16;
    struct Param
    {
        std::string_view name;
        std::string_view value; ///< percent-decoded
        std::string_view raw;   ///< as in the request: what may go into another URL as it is
    };

    [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const
    {
        for (const Param &param : *this) {
            if (param.name == name)
                return param.value;
        }
        return std::nullopt;
    }
    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] const Param *begin() const { return m_params.data(); }
    [[nodiscard]] const Param *end() const { return begin() + m_size; }
    [[nodiscard]] const Param &operator[](int i) const { return m_params[i]; }

    void clear() { m_size = 0; }
    /// Router::compile() refuses patterns with more than \c capacity parameters.
    void append(const Param &param) { m_params[m_size++] = param; }

private:
    int m_size = 0;
    std::array<Param, capacity> m_params;
};

} // namespace gatehouse::routing
