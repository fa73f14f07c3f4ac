// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/ratelimitanswer.h"

#include "engine/http/errorresponse.h"

#include <array>
#include <charconv>

namespace gatehouse::middleware {

namespace {

/// A number as text, without an allocation.
class Digits
{
public:
    explicit Digits(qint64 number)
        : m_size(
              std::size_t(std::to_chars(m_text.begin(), m_text.end(), number).ptr - m_text.data()))
    {
    }
    operator std::string_view() const { return {m_text.data(), m_size}; }

private:
    std::array<char, 20> m_text;
    std::size_t m_size;
};

/// Rounded up: who waits that long has waited long enough.
qint64 seconds(limits::Nanoseconds time)
{
    return std::chrono::ceil<std::chrono::seconds>(time).count();
}

limits::Nanoseconds untilReset(const limits::Decision &decision)
{
    return decision.isAllowed ? decision.resetAfter : decision.retryAfter;
}

/// What limits inside of this one have put there; nothing for the innermost one.
struct InnerFields
{
    std::string_view policy;
    std::string_view limit;
    std::string_view remaining;

    explicit InnerFields(const Headers &headers)
    {
        for (const Field &field : headers.fields()) {
            if (field.id != FieldName::Other || !field.name.contains("ate"))
                continue; // neither RateLimit nor X-RateLimit
            if (equalsIgnoringCase(field.name, "RateLimit-Policy"))
                policy = field.value;
            else if (equalsIgnoringCase(field.name, "RateLimit"))
                limit = field.value;
            else if (equalsIgnoringCase(field.name, "X-RateLimit-Remaining"))
                remaining = field.value;
        }
    }
    [[nodiscard]] bool isNone() const
    {
        return policy.empty() && limit.empty() && remaining.empty();
    }
    [[nodiscard]] bool isTighterThan(qint64 other) const
    {
        qint64 number = 0;
        const char *const end = remaining.data() + remaining.size();
        const auto parsed = std::from_chars(remaining.data(), end, number);
        return parsed.ec == std::errc() && number <= other;
    }
};

std::string_view joined(std::string_view before, std::string_view member, Arena &arena)
{
    return before.empty() ? member : arena.concat(before, ", ", member);
}

qint64 unixSeconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               Clock::system().wall().time_since_epoch())
        .count();
}

std::string_view verdictText(RateLimitVerdict verdict)
{
    constexpr std::array<std::string_view, 8> texts{"allowed",
                                                    "denied",
                                                    "blocked",
                                                    "blocked_by_hand",
                                                    "would_deny",
                                                    "exempt",
                                                    "off_in_development",
                                                    "unavailable"};
    return texts[static_cast<std::size_t>(verdict)];
}

} // namespace

void RateLimitFacts::describe(std::string &to) const
{
    const limits::Rule &rule = m_settings.rule;
    to.append("rule=").append(m_settings.name);
    to.append(" algorithm=").append(limits::algorithmName(rule.algorithm));
    to.append(" verdict=").append(verdictText(m_verdict));
    if (m_verdict == RateLimitVerdict::Off)
        return;
    to.append(" by=").append(m_settings.key.text()).append(" key=").append(m_key);
    if (m_verdict == RateLimitVerdict::Exempt || m_verdict == RateLimitVerdict::Unavailable)
        return;
    to.append(" limit=").append(Digits(rule.capacity()));
    to.append(" before=").append(Digits(m_decision.before));
    to.append(" after=").append(Digits(m_decision.remaining));
    to.append(" next_ms=")
        .append(
            Digits(std::chrono::ceil<std::chrono::milliseconds>(m_decision.retryAfter).count()));
}

void addRateLimitFields(Response &response, const RateLimitSettings &settings,
                        const limits::Decision &decision)
{
    Headers &headers = response.headers();
    Arena &arena = headers.arena();
    const InnerFields inner(headers);
    const qint64 wait = seconds(untilReset(decision));
    const Digits remaining(decision.remaining);
    const std::string_view limit =
        arena.concat(settings.quotedName, ";r=", remaining, ";t=", Digits(wait));
    // Most often nothing is there yet, and appending is cheaper than looking for each.
    const auto put = [&headers, isNew = inner.isNone()](std::string_view name,
                                                        std::string_view value) {
        if (isNew)
            headers.add(FieldName::Other, name, value);
        else
            headers.set(name, value);
    };
    put("RateLimit-Policy", joined(inner.policy, settings.policy, arena));
    put("RateLimit", joined(inner.limit, limit, arena));
    if (inner.isTighterThan(decision.remaining))
        return;
    put("X-RateLimit-Limit", settings.capacity);
    put("X-RateLimit-Remaining", arena.copy(remaining));
    put("X-RateLimit-Reset", arena.copy(Digits(unixSeconds() + wait)));
}

namespace {

Response refusal(Exchange &exchange, const RateLimitFacts &facts, std::string_view detail)
{
    const bool isGraphQl = exchange.errorFormat() == ErrorFormat::GraphQl;
    if (!isGraphQl && !exchange.isDevelopment())
        return errorResponse(exchange, ErrorCode::RateLimited, detail);
    Error error(ErrorCode::RateLimited, QString::fromUtf8(detail));
    if (isGraphQl)
        error = error.named("RATE_LIMIT_EXCEEDED");
    if (exchange.isDevelopment()) {
        std::string why;
        facts.describe(why);
        error = error.with("limit", QString::fromStdString(why));
    }
    return errorResponse(exchange, error);
}

} // namespace

Response rateLimited(Exchange &exchange, const RateLimitSettings &settings,
                     const RateLimitFacts &facts)
{
    const qint64 wait = std::max<qint64>(seconds(facts.decision().retryAfter), 1);
    const std::string_view detail = exchange.arena().concat(
        "Rate limit exceeded. Please try again in ", Digits(wait), " seconds.");
    Response response = refusal(exchange, facts, detail);
    response.headers().add("Retry-After", exchange.arena().copy(Digits(wait)));
    if (settings.sendsFields)
        addRateLimitFields(response, settings, facts.decision());
    return response;
}

} // namespace gatehouse::middleware
