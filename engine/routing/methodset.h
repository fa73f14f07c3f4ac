// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::routing {

/// The methods that the routes of one router name, each as one bit. The usual ones have fixed bits
/// and are found without a search. Methods are case-sensitive (RFC 9110, section 9.1).
class MethodSet
{
public:
    using Mask = quint64;
    static constexpr Mask get = 1;
    static constexpr Mask head = 2;
    static constexpr Mask all = ~Mask(0);

    /// The bit of \a method, adding it if it is new; 0 if 64 are taken.
    Mask add(std::string_view method);
    /// 0 for a method that no route names.
    [[nodiscard]] Mask find(std::string_view method) const;
    /// "GET, HEAD, POST": the value of an Allow field (RFC 9110, section 10.2.1).
    [[nodiscard]] std::string text(Mask mask) const;

private:
    std::vector<std::string> m_others;
};

} // namespace gatehouse::routing
