// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/requestview.h"
#include "engine/routing/routingerror.h"

#include <QRegularExpression>

#include <string>
#include <string_view>

namespace gatehouse::routing {

/// What a route asks of one header field or query parameter. Where it occurs several times, one
/// that fits is enough. Immutable; may be read by all threads at once.
class Condition
{
public:
    enum class Where { Header, Query };
    enum class Kind { Exact, Present, Regex };

    /// \a value: the exact text, "*" for any, "~..." for a regular expression on the whole value.
    static Expected<Condition> parse(Where where, std::string_view name, std::string_view value);

    [[nodiscard]] Where where() const { return m_where; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const std::string &name() const { return m_name; }
    /// As written.
    [[nodiscard]] const std::string &value() const { return m_value; }
    /// Allocates for Regex only.
    [[nodiscard]] bool holds(const RequestView &request) const;
    /// What the request has in its place, for people: the first value, decoded; nullopt if absent.
    [[nodiscard]] std::optional<std::string> found(const RequestView &request) const;
    /// No request meets both: they want different texts of the same thing.
    [[nodiscard]] bool excludes(const Condition &other) const;

    friend bool operator==(const Condition &a, const Condition &b)
    {
        return a.m_where == b.m_where && a.m_name == b.m_name && a.m_value == b.m_value;
    }

private:
    [[nodiscard]] bool holdsForHeader(const Fields &fields) const;
    [[nodiscard]] bool holdsForQuery(std::string_view query) const;

    Where m_where = Where::Header;
    Kind m_kind = Kind::Exact;
    std::string m_name; ///< header names in lower case
    std::string m_value;
    QRegularExpression m_regex;
};

} // namespace gatehouse::routing
