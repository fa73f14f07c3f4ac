// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/schemadata.h"

#include <algorithm>

namespace gatehouse::config {

Schema::Schema(std::shared_ptr<const Data> data) : m_data(std::move(data)) {}

Schema::Schema() : Schema(std::make_shared<const Data>()) {}

Schema Schema::make(Data data)
{
    return Schema(std::make_shared<const Data>(std::move(data)));
}

Schema Schema::any()
{
    return make({});
}

Schema Schema::text()
{
    return make({.kind = Kind::Text});
}

Schema Schema::boolean()
{
    return make({.kind = Kind::Boolean});
}

Schema Schema::integer(qint64 lowest, qint64 highest)
{
    return make({.kind = Kind::Integer, .lowest = lowest, .highest = highest});
}

Schema Schema::duration()
{
    return make({.kind = Kind::Duration});
}

Schema Schema::size()
{
    return make({.kind = Kind::Size});
}

Schema Schema::choice(std::vector<std::string> values)
{
    return make({.kind = Kind::Choice, .choices = std::move(values)});
}

Schema Schema::list(Schema item)
{
    return make({.kind = Kind::List, .parts = {std::move(item)}});
}

Schema Schema::map(Schema value)
{
    return make({.kind = Kind::Map, .parts = {std::move(value)}});
}

Schema Schema::object(std::vector<Field> fields)
{
    return make({.kind = Kind::Object, .fields = std::move(fields)});
}

Schema Schema::anyOf(std::vector<Schema> alternatives)
{
    return make({.kind = Kind::AnyOf, .parts = std::move(alternatives)});
}

Schema Schema::reference(std::string definition)
{
    return make({.referenced = std::move(definition)});
}

Schema Schema::describe(std::string sentence) const
{
    Data data = *m_data;
    data.description = std::move(sentence);
    return make(std::move(data));
}

Schema Schema::withDefault(std::string scalar) const
{
    return withDefault(Node::scalar(std::move(scalar)));
}

Schema Schema::withDefault(Node value) const
{
    Data data = *m_data;
    data.defaultValue = std::move(value);
    return make(std::move(data));
}

Schema Schema::required() const
{
    Data data = *m_data;
    data.isRequired = true;
    return make(std::move(data));
}

Schema Schema::rule(std::string name, Rule rule) const
{
    Data data = *m_data;
    data.rules.emplace_back(std::move(name), std::move(rule));
    return make(std::move(data));
}

Schema Schema::completedBy(std::function<void(Node &)> complete) const
{
    Data data = *m_data;
    data.complete = std::move(complete);
    return make(std::move(data));
}

Schema Schema::secret() const
{
    Data data = *m_data;
    data.isSecret = true;
    return make(std::move(data));
}

Schema Schema::partial() const
{
    Data data = *m_data;
    data.isRequired = false;
    data.defaultValue.reset();
    data.complete = {};
    for (Field &field : data.fields)
        field.schema = field.schema.partial();
    // the items of a list are whole: a part of the file adds them or replaces the list
    if (data.kind != Kind::List) {
        for (Schema &part : data.parts)
            part = part.partial();
    }
    return make(std::move(data));
}

Schema::Kind Schema::kind() const
{
    return m_data->kind;
}

bool Schema::isRequired() const
{
    return m_data->isRequired;
}

bool Schema::isSecret() const
{
    return m_data->isSecret;
}

const std::string &Schema::description() const
{
    return m_data->description;
}

const std::vector<Schema::Field> &Schema::fields() const
{
    return m_data->fields;
}

const std::vector<Schema> &Schema::parts() const
{
    return m_data->parts;
}

const std::vector<std::string> &Schema::choices() const
{
    return m_data->choices;
}

const std::string &Schema::referenced() const
{
    return m_data->referenced;
}

} // namespace gatehouse::config
