// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/readsettings.h"
#include "engine/middleware/template.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

struct Assignment
{
    std::string name;
    FieldName id;
    Template value;
};

/// What happens to the fields of one direction: renamed first, then removed, set and added, so that
/// a field can be put in the place of a removed one.
struct Edits
{
    std::vector<std::pair<std::string, std::string>> rename;
    std::vector<std::string> remove;
    std::vector<Assignment> set;
    std::vector<Assignment> add;

    void apply(Exchange &exchange, Headers &headers) const
    {
        for (const auto &[from, to] : rename)
            applyRename(headers, from, to);
        for (const std::string &name : remove)
            headers.remove(name);
        for (const Assignment &field : set)
            headers.set(field.id, field.name, valueFor(exchange, field));
        for (const Assignment &field : add)
            headers.add(field.id, field.name, valueFor(exchange, field));
    }

private:
    static void applyRename(Headers &headers, const std::string &from, const std::string &to)
    {
        std::vector<std::string_view> values;
        for (const Field &field : headers.fields()) {
            if (equalsIgnoringCase(field.name, from))
                values.push_back(field.value);
        }
        headers.remove(from);
        for (const std::string_view value : values)
            headers.add(to, value);
    }

    /// What a request brings in (a path parameter) must not break out of its field line.
    static std::string_view valueFor(Exchange &exchange, const Assignment &field)
    {
        const std::string_view value = field.value.expand(exchange);
        return findInvalidValueByte(value) == value.size() ? trimmed(value) : std::string_view();
    }
};

class HeadersMiddleware final : public Hooks
{
public:
    HeadersMiddleware(Edits request, Edits response)
        : m_request(std::move(request))
        , m_response(std::move(response))
    {
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        m_request.apply(exchange, exchange.request().headers());
        return std::nullopt;
    }
    void onResponse(Exchange &exchange, Response &response) const override
    {
        m_response.apply(exchange, response.headers());
    }

private:
    Edits m_request;
    Edits m_response;
};

Result<std::vector<Assignment>> readAssignments(const config::Node *node)
{
    std::vector<Assignment> assignments;
    if (!node)
        return assignments;
    for (const config::Node::Member &member : node->members()) {
        const QString key = QString::fromStdString(member.key);
        if (const Result<void> name = checkFieldName(member.key); !name)
            return std::unexpected(name.error().at(key));
        const std::string &text = member.value.text();
        if (findInvalidValueByte(text) != text.size())
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "holds a control character").at(key));
        Result<Template> value = Template::parse(text);
        if (!value)
            return std::unexpected(value.error().at(key));
        assignments.push_back({member.key, fieldNameFrom(member.key), std::move(*value)});
    }
    return assignments;
}

Result<Edits> readEdits(const config::Node *node)
{
    Edits edits;
    if (!node)
        return edits;
    Result<std::vector<Assignment>> set = readAssignments(node->find("set"));
    if (!set)
        return std::unexpected(set.error().at("set"));
    Result<std::vector<Assignment>> add = readAssignments(node->find("add"));
    if (!add)
        return std::unexpected(add.error().at("add"));
    edits.set = std::move(*set);
    edits.add = std::move(*add);
    edits.remove = node->textsOf("remove");
    for (const std::string &removed : edits.remove) {
        if (const Result<void> name = checkFieldName(removed); !name)
            return std::unexpected(name.error().at(QString::fromStdString(removed)).at("remove"));
    }
    if (const config::Node *rename = node->find("rename")) {
        for (const config::Node::Member &member : rename->members()) {
            for (const std::string &either : {member.key, member.value.text()}) {
                if (const Result<void> name = checkFieldName(either); !name)
                    return std::unexpected(
                        name.error().at(QString::fromStdString(member.key)).at("rename"));
            }
            edits.rename.emplace_back(member.key, member.value.text());
        }
    }
    return edits;
}

class HeadersFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "headers"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        const Schema edits = Schema::object({
            {"set",
             Schema::map(Schema::text())
                 .describe("Fields that occur exactly once, with this value.")},
            {"add",
             Schema::map(Schema::text()).describe("Lines added beside those that are there.")},
            {"remove", Schema::list(Schema::text()).describe("Fields left out.")},
            {"rename", Schema::map(Schema::text()).describe("Old name to new name, values kept.")},
        });
        return Schema::object({
                                  {"request", edits.describe("What the upstream sees.")},
                                  {"response", edits.describe("What the client sees.")},
                              })
            .describe("Edits header fields in both directions; values may hold {placeholders}.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        Result<Edits> request = readEdits(settings.find("request"));
        if (!request)
            return std::unexpected(request.error().at("request"));
        Result<Edits> response = readEdits(settings.find("response"));
        if (!response)
            return std::unexpected(response.error().at("response"));
        return std::make_unique<HeadersMiddleware>(std::move(*request), std::move(*response));
    }
};

} // namespace

FactoryPtr makeHeadersFactory()
{
    return std::make_unique<HeadersFactory>();
}

} // namespace gatehouse::middleware
