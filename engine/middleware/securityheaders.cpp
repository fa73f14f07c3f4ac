// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/originpattern.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

struct Policy
{
    const char *key;
    const char *field;
    const char *preset;
    const char *sentence;
};

// 0 turns a filter off that modern browsers have removed because it could be used against a page.
constexpr Policy policies[] = {
    {"frame_options", "X-Frame-Options", "DENY", "Who may show the page in a frame."},
    {"content_type_options", "X-Content-Type-Options", "nosniff", "No guessing of content types."},
    {"referrer_policy", "Referrer-Policy", "strict-origin-when-cross-origin",
     "What links tell other sites."},
    {"xss_protection", "X-XSS-Protection", "0", "The filter of old browsers."},
    {"content_security_policy", "Content-Security-Policy", "default-src 'self'",
     "Where a page may load from."},
    {"strict_transport_security", "Strict-Transport-Security",
     "max-age=31536000; includeSubDomains", "Sent on https only: come back with https."},
    {"permissions_policy", "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
     "Which features of the browser a page may use."},
};

struct Assignment
{
    std::string_view name; ///< static
    std::string value;
    bool isForHttpsOnly;
};

/// Tells browsers what not to do with an answer, and nobody what it was made with.
class SecurityHeaders final : public Hooks
{
public:
    SecurityHeaders(std::vector<Assignment> set, std::vector<std::string> remove,
                    bool keepsUpstream)
        : m_set(std::move(set))
        , m_remove(std::move(remove))
        , m_keepsUpstream(keepsUpstream)
    {
    }

    void onResponse(Exchange &exchange, Response &response) const override
    {
        Headers &headers = response.headers();
        for (const std::string &name : m_remove)
            headers.remove(name);
        const bool isHttps = clientScheme(exchange) == "https";
        for (const Assignment &field : m_set) {
            if (field.isForHttpsOnly && !isHttps) // RFC 6797, section 7.2
                continue;
            if (!m_keepsUpstream || !headers.find(field.name))
                headers.set(field.name, field.value);
        }
    }

private:
    std::vector<Assignment> m_set;
    std::vector<std::string> m_remove;
    bool m_keepsUpstream;
};

Result<std::vector<Assignment>> readFields(const config::Node &settings)
{
    std::vector<Assignment> fields;
    for (const Policy &policy : policies) {
        const std::string value = settings.textOf(policy.key);
        if (value == "off")
            continue;
        if (value.empty() || findInvalidValueByte(value) != value.size())
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "is no field value; write off to leave it out")
                    .at(policy.key));
        const std::string_view name = policy.field;
        fields.push_back({name, value, name == "Strict-Transport-Security"});
    }
    return fields;
}

class SecurityHeadersFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "security_headers"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        std::vector<Schema::Field> fields;
        for (const Policy &policy : policies)
            fields.push_back(
                {policy.key, Schema::text().withDefault(policy.preset).describe(policy.sentence)});
        config::Node removed = config::Node::list();
        for (const char *name : {"Server", "X-Powered-By"})
            removed.items().push_back(config::Node::scalar(name));
        fields.push_back({"remove",
                          Schema::list(Schema::text())
                              .withDefault(removed)
                              .describe("Fields of the upstream that are left out.")});
        fields.push_back({"keep_upstream",
                          Schema::boolean().withDefault("false").describe(
                              "A field that the upstream sets itself stays as it is.")});
        return Schema::object(std::move(fields))
            .describe("Sets the fields that make browsers careful; `off` leaves one out.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        Result<std::vector<Assignment>> fields = readFields(settings);
        if (!fields)
            return std::unexpected(fields.error());
        std::vector<std::string> removed = settings.textsOf("remove");
        for (const std::string &name : removed) {
            if (name.empty() || !areAllIn(name, TokenChar) || isHopByHop(fieldNameFrom(name)))
                return std::unexpected(
                    Error(ErrorCode::InvalidConfig, "is not a field that may be left out")
                        .at(QString::fromStdString(name))
                        .at("remove"));
        }
        return std::make_unique<SecurityHeaders>(std::move(*fields), std::move(removed),
                                                 settings.flagOf("keep_upstream"));
    }
};

} // namespace

FactoryPtr makeSecurityHeadersFactory()
{
    return std::make_unique<SecurityHeadersFactory>();
}

} // namespace gatehouse::middleware
