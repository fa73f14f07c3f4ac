// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/field.h"
#include "engine/filter/problem.h"

#include <QString>
#include <QStringView>

#include <expected>
#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::filter {

struct Node;

/// A filter that has been read. A value: copies share the tree, any thread may read it. The empty
/// expression accepts everything. The language is in resources/help/filter.md.
class Expression
{
public:
    Expression();
    explicit Expression(Node tree);

    static std::expected<Expression, Problem> parse(QStringView text);

    [[nodiscard]] bool isEmpty() const;
    /// The one way to write it. parse() of this gives an expression with the same format().
    [[nodiscard]] QString format() const;
    /// As people say it: "status is 400 or more and route is not health".
    [[nodiscard]] QString english() const;

    /// Every field that it looks at, also behind `has:`, each once.
    [[nodiscard]] std::vector<Field> fields() const;
    /// True if a HotRecord alone may not decide it.
    [[nodiscard]] bool hasCold() const;
    /// What can be decided without cold data: accepts everything that this accepts, and perhaps
    /// more.
    [[nodiscard]] Expression hotPart() const;
    /// A problem that names the first field that is not known yet at \a moment. For capture rules
    /// and breakpoints; \a place is for the sentence: "a request breakpoint".
    [[nodiscard]] std::optional<Problem> unknownAt(Moment moment, const QString &place) const;

    /// This and \a other.
    [[nodiscard]] Expression operator&&(const Expression &other) const;

    [[nodiscard]] const Node &tree() const { return *m_tree; }
    [[nodiscard]] bool operator==(const Expression &other) const;

private:
    std::shared_ptr<const Node> m_tree;
};

} // namespace gatehouse::filter
