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

/// A list field that inner limits may have begun.
void appendMember(Headers &headers, std::string_view name, std::string_view member)
{
    const std::string_view before = headers.value(name);
    headers.set(name, before.empty() ? member : headers.arena().concat(before, ", ", member));
}

bool isTighter(const Headers &headers, qint64 remaining)
{
    const std::string_view known = headers.value("X-RateLimit-Remaining");
    qint64 number = 0;
    const auto parsed = std::from_chars(known.data(), known.data() + known.size(), number);
    return parsed.ec != std::errc() || remaining < number;
}

qint64 unixSeconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               Clock::system().wall().time_since_epoch())
        .count();
}

std::string_view verdictText(RateLimitVerdict verdict)
{
    constexpr std::array<std::string_view, 7> texts{"allowed",    "denied", "blocked",
                                                    "would_deny", "exempt", "off_in_development",
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
    const limits::Rule &rule = settings.rule;
    const Digits capacity(rule.capacity());
    const Digits remaining(decision.remaining);
    const std::string_view name = arena.concat("\"", settings.name, "\"");
    appendMember(headers, "RateLimit-Policy",
                 arena.concat(name, ";q=", capacity, ";w=", Digits(seconds(rule.refill()))));
    appendMember(
        headers, "RateLimit",
        arena.concat(name, ";r=", remaining, ";t=", Digits(seconds(untilReset(decision)))));
    if (!isTighter(headers, decision.remaining))
        return;
    const Digits reset(unixSeconds() + seconds(untilReset(decision)));
    headers.set("X-RateLimit-Limit", arena.copy(capacity));
    headers.set("X-RateLimit-Remaining", arena.copy(remaining));
    headers.set("X-RateLimit-Reset", arena.copy(reset));
}

Response rateLimited(Exchange &exchange, const RateLimitSettings &settings,
                     const RateLimitFacts &facts)
{
    const qint64 wait = std::max<qint64>(seconds(facts.decision().retryAfter), 1);
    Error error(ErrorCode::RateLimited,
                QString("Rate limit exceeded. Please try again in %1 seconds.").arg(wait));
    if (exchange.errorFormat() == ErrorFormat::GraphQl)
        error = error.named("RATE_LIMIT_EXCEEDED");
    if (exchange.isDevelopment()) {
        std::string why;
        facts.describe(why);
        error = error.with("limit", QString::fromStdString(why));
    }
    Response response = errorResponse(exchange, error);
    response.headers().add("Retry-After", exchange.arena().copy(Digits(wait)));
    if (settings.sendsFields)
        addRateLimitFields(response, settings, facts.decision());
    return response;
}

} // namespace gatehouse::middleware
