// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"
#include "engine/net/addressrange.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

struct Rule
{
    net::AddressRange range;
    std::string text;
    bool isAllowed;
};

class IpFilterFacts final : public StageFacts
{
public:
    IpFilterFacts(std::string_view address, std::string_view rule, bool isAllowed)
        : m_address(address)
        , m_rule(rule)
        , m_isAllowed(isAllowed)
    {
    }
    void describe(std::string &to) const override
    {
        to.append("client=").append(m_address).append(" rule=").append(m_rule);
        to.append(m_isAllowed ? " decision=allow" : " decision=deny");
    }

private:
    std::string_view m_address;
    std::string_view m_rule;
    bool m_isAllowed;
};

/// Lets clients in by their address. Of the networks that hold it the most specific decides, so
/// that an exception can stand beside its rule in any order; the same network in both lists denies.
class IpFilter final : public Hooks
{
public:
    IpFilter(std::vector<Rule> rules, bool isAllowedByDefault)
        : m_rules(std::move(rules))
        , m_isAllowedByDefault(isAllowedByDefault)
    {
        std::ranges::stable_sort(m_rules, [](const Rule &a, const Rule &b) {
            if (a.range.prefixBits() != b.range.prefixBits())
                return a.range.prefixBits() > b.range.prefixBits();
            return !a.isAllowed && b.isAllowed;
        });
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        const std::string_view client = exchange.clientAddress();
        const Rule *const rule = ruleFor(client);
        const bool isAllowed = rule ? rule->isAllowed : m_isAllowedByDefault;
        exchange.trace().explain(*exchange.arena().make<IpFilterFacts>(
            client, rule ? std::string_view(rule->text) : "default", isAllowed));
        if (isAllowed)
            return std::nullopt;
        return errorResponse(exchange,
                             Error(ErrorCode::Forbidden, "this address may not call (ip_filter)"));
    }

private:
    /// The first in their order. An address that is none, as of a unix socket, is in no network.
    [[nodiscard]] const Rule *ruleFor(std::string_view client) const
    {
        const std::optional<net::Address> address = net::Address::fromIp(client, 0);
        if (!address)
            return nullptr;
        const auto contains = [&address](const Rule &rule) {
            return rule.range.contains(*address);
        };
        const auto found = std::ranges::find_if(m_rules, contains);
        return found == m_rules.end() ? nullptr : &*found;
    }

    std::vector<Rule> m_rules;
    bool m_isAllowedByDefault;
};

Result<void> readRules(const config::Node &settings, const char *key, bool isAllowed,
                       std::vector<Rule> &rules)
{
    for (const std::string &text : settings.textsOf(key)) {
        const Result<net::AddressRange> range = net::AddressRange::parse(text);
        if (!range)
            return std::unexpected(range.error().at(key));
        rules.push_back({*range, range->text(), isAllowed});
    }
    return {};
}

class IpFilterFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "ip_filter"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        const Schema networks = Schema::list(Schema::text());
        return Schema::object(
                   {
                       {"allow", networks.describe("Networks and addresses that may call.")},
                       {"deny", networks.describe("Networks and addresses that may not.")},
                       {"default",
                        Schema::choice({"allow", "deny"})
                            .describe("For all others; deny if there is an allow list.")},
                   })
            .describe("Admits or refuses clients by their address.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        std::vector<Rule> rules;
        if (const auto read = readRules(settings, "allow", true, rules); !read)
            return std::unexpected(read.error());
        const bool hasAllowed = !rules.empty();
        if (const auto read = readRules(settings, "deny", false, rules); !read)
            return std::unexpected(read.error());
        const std::string chosen = settings.textOf("default", hasAllowed ? "deny" : "allow");
        if (rules.empty() && chosen == "allow")
            return fail(ErrorCode::InvalidConfig,
                        "needs allow, deny or default: deny; as it is it would refuse nobody");
        return std::make_unique<IpFilter>(std::move(rules), chosen == "allow");
    }
};

} // namespace

FactoryPtr makeIpFilterFactory()
{
    return std::make_unique<IpFilterFactory>();
}

} // namespace gatehouse::middleware
