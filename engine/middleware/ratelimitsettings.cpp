// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/ratelimitsettings.h"

#include "engine/core/units.h"
#include "engine/http/characters.h"

namespace gatehouse::middleware {

namespace {

using config::Node;
using config::Schema;
using limits::Algorithm;

struct Rate
{
    qint64 count = 0;
    std::chrono::milliseconds window{0};
};

/// "50/s", "100/60s", "1000/1h".
std::optional<Rate> rateFrom(const std::string &text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos)
        return std::nullopt;
    bool isNumber = false;
    const qint64 count = QString::fromStdString(text.substr(0, slash)).toLongLong(&isNumber);
    QString window = QString::fromStdString(text.substr(slash + 1));
    if (window == "min")
        window = "1m";
    if (!window.isEmpty() && !window[0].isDigit())
        window.prepend('1');
    const Result<std::chrono::milliseconds> duration = parseDuration(window);
    if (!isNumber || count < 1 || count > limits::maxLimit || !duration || duration->count() < 1)
        return std::nullopt;
    return Rate{count, *duration};
}

std::optional<std::string> checkRate(const Node &node)
{
    if (rateFrom(node.text()))
        return std::nullopt;
    return "must be requests per time, such as 50/s, 100/60s or 1000/1h; at most 1000000 requests";
}

std::optional<std::string> checkKey(const Node &node)
{
    const Result<RequestKey> key = RequestKey::parse(node.text());
    return key ? std::nullopt : std::optional(key.error().message().toStdString());
}

std::optional<std::string> checkRule(const Node &settings)
{
    const bool hasParts = settings.find("limit") || settings.find("window");
    if (settings.find("rate") && hasParts)
        return "has rate as well as limit or window; rate says both";
    return std::nullopt;
}

/// It stands in a quoted string of RateLimit (RFC 8941, section 3.3.3), and before ":" in the keys
/// of Redis, where "a:b" and "a" with a client's "b:c" would count together.
std::optional<std::string> checkScope(const Node &node)
{
    const std::string &text = node.text();
    const auto isFine = [](char c) {
        return isIn(c, TokenChar) || c == '/' || c == ' ' || c == '@' || c == ',';
    };
    if (text.size() <= 100 && std::ranges::all_of(text, isFine))
        return std::nullopt;
    return "must be at most 100 letters, digits and marks other than quotes, backslash and colon";
}

std::optional<std::string> checkWindow(const Node &node)
{
    const Result<std::chrono::milliseconds> window =
        parseDuration(QString::fromStdString(node.text()));
    if (window && window->count() == 0)
        return "must be longer than 0";
    return std::nullopt;
}

void setIfAbsent(Node &settings, const char *key, const std::string &text)
{
    if (!settings.find(key))
        settings.set(key, Node::scalar(text, settings.mark()), settings.mark());
}

/// What each algorithm begins with.
void complete(Node &settings)
{
    const std::optional<Algorithm> algorithm = limits::algorithmFrom(settings.textOf("algorithm"));
    const bool isPenalty = algorithm == Algorithm::PenaltyWindow;
    const bool isBare = !settings.find("rate") && !settings.find("limit");
    if (const std::optional<Rate> rate = rateFrom(settings.textOf("rate"))) {
        setIfAbsent(settings, "limit", std::to_string(rate->count));
        setIfAbsent(settings, "window", formatDuration(rate->window).toStdString());
        settings.remove("rate"); // said by the two now; what is printed must load again
    }
    setIfAbsent(settings, "limit", isPenalty ? "50" : "100");
    setIfAbsent(settings, "window", "60s");
    if (algorithm == Algorithm::TokenBucket)
        setIfAbsent(settings, "burst", isBare ? "50" : settings.textOf("limit"));
    if (algorithm == Algorithm::LeakyBucket)
        setIfAbsent(settings, "burst", "0");
    if (isPenalty)
        setIfAbsent(settings, "penalty", "40s");
}

limits::Rule ruleFrom(const Node &settings)
{
    limits::Rule rule;
    rule.algorithm = *limits::algorithmFrom(settings.textOf("algorithm"));
    rule.limit = settings.integerOf("limit");
    rule.window = settings.durationOf("window");
    rule.burst = settings.integerOf("burst");
    if (rule.algorithm == Algorithm::TokenBucket)
        rule.burst = std::max<qint64>(rule.burst, 1);
    rule.penalty = settings.durationOf("penalty");
    return rule;
}

std::unexpected<Error> refuse(const char *key, const QString &rule)
{
    return std::unexpected(Error(ErrorCode::InvalidConfig, rule).at(key));
}

Result<void> check(const limits::Rule &rule, qint64 cost)
{
    const bool mayBlock =
        rule.algorithm == Algorithm::PenaltyWindow || rule.algorithm == Algorithm::LeakyBucket;
    if (rule.penalty.count() > 0 && !mayBlock)
        return refuse("penalty", "is for penalty_window and leaky_bucket");
    // Beyond it the time of an empty bucket would not fit into a state.
    constexpr limits::Nanoseconds longest = std::chrono::hours(24 * 3650);
    const bool isBucket =
        rule.algorithm == Algorithm::TokenBucket || rule.algorithm == Algorithm::LeakyBucket;
    if (isBucket && rule.interval() > longest / rule.capacity())
        return refuse("burst", "would take more than 3650d to come back at this limit and window");
    if (cost > rule.capacity())
        return refuse("cost", QString("is more than the limit ever has, %1").arg(rule.capacity()));
    return {};
}

/// Without a name of its own a penalty counts a client over all routes, as the keys in Redis do.
std::string nameOf(const Node &settings, const limits::Rule &rule, const BuildContext &context)
{
    const std::string scope = settings.textOf("scope");
    if (!scope.empty())
        return scope;
    return rule.algorithm == Algorithm::PenaltyWindow ? "penalty_window" : context.id;
}

} // namespace

Schema RateLimitSettings::schema()
{
    return Schema::object(
               {{"algorithm",
                 Schema::choice({"token_bucket", "fixed_window", "sliding_window", "leaky_bucket",
                                 "penalty_window", "concurrency"})
                     .withDefault("token_bucket")
                     .describe("How requests are counted.")},
                {"rate",
                 Schema::text()
                     .rule("rate", checkRate)
                     .describe("Requests per time, such as 50/s; short for limit and window.")},
                {"limit",
                 Schema::integer(1, limits::maxLimit)
                     .describe("Requests in a window; at a time, for concurrency.")},
                {"window",
                 Schema::duration().rule("window", checkWindow).describe("Of the limit.")},
                {"burst",
                 Schema::integer(0, limits::maxLimit)
                     .describe("token_bucket: how many may come at once. leaky_bucket: how many "
                               "may come before their time.")},
                {"penalty",
                 Schema::duration().describe(
                     "How long who exceeds the limit is blocked; penalty_window adds the rest of "
                     "its window.")},
                {"key",
                 Schema::text()
                     .rule("key", checkKey)
                     .withDefault("client_ip")
                     .describe("What requests are counted by: client_ip, subject, api_key, route, "
                               "host, method, header:NAME, cookie:NAME, query:NAME, claim:NAME, "
                               "param:NAME, or a template such as {client_ip}/{param:id}.")},
                {"cost",
                 Schema::integer(1, limits::maxLimit)
                     .withDefault("1")
                     .describe("What one request takes.")},
                {"scope",
                 Schema::text()
                     .rule("scope", checkScope)
                     .describe("A name under which several rate_limits count together.")},
                {"exempt",
                 Schema::list(Schema::text().describe("An address, a network, or a key."))
                     .withDefault(Node::list())
                     .describe("Who is not counted.")},
                {"dry_run",
                 Schema::boolean().withDefault("false").describe(
                     "Decide, count and tell, and let everything pass.")},
                {"enforce",
                 Schema::choice({"auto", "always"})
                     .withDefault("auto")
                     .describe("auto is off in development; always is not.")},
                {"headers",
                 Schema::boolean().withDefault("true").describe(
                     "Send RateLimit, RateLimit-Policy and X-RateLimit-* with every answer.")},
                {"on_error",
                 Schema::choice({"allow", "deny"})
                     .describe("What happens while the state cannot answer, instead of "
                               "state.on_error.")}})
        .rule("rate", checkRule)
        .completedBy(complete)
        .describe("Limits how many requests a client may send.");
}

Result<RateLimitSettings> RateLimitSettings::read(const Node &settings, const BuildContext &context)
{
    RateLimitSettings result;
    result.rule = ruleFrom(settings);
    result.cost = settings.integerOf("cost");
    if (const Result<void> checked = check(result.rule, result.cost); !checked)
        return std::unexpected(checked.error());
    Result<RequestKey> key = RequestKey::parse(settings.textOf("key"));
    if (!key)
        return std::unexpected(key.error().at("key"));
    result.key = std::move(*key);
    result.name = nameOf(settings, result.rule, context);
    const auto refill = std::chrono::ceil<std::chrono::seconds>(result.rule.refill());
    result.capacity = std::to_string(result.rule.capacity());
    result.quotedName = '"' + result.name + '"';
    result.policy =
        result.quotedName + ";q=" + result.capacity + ";w=" + std::to_string(refill.count());
    for (const std::string &exempt : settings.textsOf("exempt")) {
        if (Result<net::AddressRange> network = net::AddressRange::parse(exempt))
            result.exemptNetworks.push_back(*network);
        else
            result.exemptKeys.push_back(exempt);
    }
    result.isDryRun = settings.flagOf("dry_run");
    result.isEnforced = !context.isDevelopment || settings.textOf("enforce") == "always";
    result.sendsFields = settings.flagOf("headers");
    const std::string onError = settings.textOf("on_error");
    result.isAllowedOnError =
        onError.empty() ? context.services->isAllowedOnError : onError == "allow";
    return result;
}

} // namespace gatehouse::middleware
