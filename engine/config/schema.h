// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/finding.h"
#include "engine/config/node.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace gatehouse::config {

/// What a value must look like. One description serves validation (every finding, with place and
/// suggestion), defaults (the effective configuration), JSON Schema (editors) and forms.
/// A value type; cheap to copy (implicitly shared).
class Schema
{
public:
    enum class Kind {
        Any,
        Text,
        Boolean,
        Integer,
        Duration,
        Size,
        Choice,
        List,
        Map,
        Object,
        AnyOf
    };
    struct Field;
    /// Extra rule: a sentence if the value breaks it ("must begin with /"), nothing if it is fine.
    /// What follows "; " in it becomes the suggestion.
    using Rule = std::function<std::optional<std::string>(const Node &)>;

    /// Takes anything, as any() does.
    Schema();
    static Schema any();
    static Schema text();
    static Schema boolean();
    static Schema integer(qint64 lowest, qint64 highest);
    static Schema duration(); ///< "250ms", "10s" (core/units.h)
    static Schema size();     ///< "64KiB" (core/units.h)
    static Schema choice(std::vector<std::string> values);
    static Schema list(Schema item);
    static Schema map(Schema value); ///< any keys, each value alike
    static Schema object(std::vector<Field> fields);
    /// The first alternative that takes the node's kind (scalar, list or map) validates it.
    static Schema anyOf(std::vector<Schema> alternatives);
    /// Takes anything here, because another pass looks at it; in JSON Schema it is a \c $ref to
    /// \a definition.
    static Schema reference(std::string definition);

    // Each returns the changed schema: Schema::text().required().describe("...").
    [[nodiscard]] Schema describe(std::string sentence) const;
    [[nodiscard]] Schema withDefault(std::string scalar) const;
    [[nodiscard]] Schema withDefault(Node value) const;
    [[nodiscard]] Schema required() const;
    /// \a name is the finding's rule.
    [[nodiscard]] Schema rule(std::string name, Rule rule) const;
    /// Fills in what the defaults alone cannot know, because it depends on other values. \a
    /// complete gets an object whose defaults are in, and leaves alone what is there.
    [[nodiscard]] Schema completedBy(std::function<void(Node &)> complete) const;
    /// A secret: never printed, not even by `config --effective`.
    [[nodiscard]] Schema secret() const;
    /// The same with nothing required and no defaults: for a part that is merged over a whole.
    [[nodiscard]] Schema partial() const;

    // What forms and resolvers of paths ask.
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isRequired() const;
    [[nodiscard]] bool isSecret() const;
    [[nodiscard]] const std::string &description() const;
    /// Of an object, in their order; empty for the other kinds.
    [[nodiscard]] const std::vector<Field> &fields() const;
    /// The item of a list, the value of a map, the alternatives of an anyOf.
    [[nodiscard]] const std::vector<Schema> &parts() const;
    /// The values of a choice.
    [[nodiscard]] const std::vector<std::string> &choices() const;
    /// What a reference refers to, or empty.
    [[nodiscard]] const std::string &referenced() const;

    /// Appends everything that is wrong with \a node, which stands at \a path. A null is like an
    /// absent value: fine unless it is required.
    void validate(const Node &node, const std::string &path, Findings &findings) const;
    /// A copy of \a node with every default filled in, recursively. \a node must be valid. An
    /// absent object that requires nothing is made if one of its fields has a default.
    [[nodiscard]] Node withDefaults(const Node &node) const;
    /// A copy of \a node with "***" for every secret that is not empty. \a node may be invalid.
    [[nodiscard]] Node masked(const Node &node) const;
    /// JSON Schema draft 2020-12.
    [[nodiscard]] QJsonObject toJson() const;

private:
    struct Data;
    explicit Schema(std::shared_ptr<const Data> data);
    static Schema make(Data data);
    std::shared_ptr<const Data> m_data;
};

struct Schema::Field
{
    std::string key;
    Schema schema;
};

} // namespace gatehouse::config
