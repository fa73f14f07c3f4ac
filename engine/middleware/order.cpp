// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/order.h"

#include <algorithm>

namespace gatehouse::middleware::order {

namespace {

// One list, a reason on every line. The reasons are printed by `gatehouse config --effective` and
// `gatehouse explain` and stand in resources/help/order.md, which a test compares.
constexpr Entry defaultOrder[] = {
    // What sees every answer.
    {"cors", "in front wherever it is written: a script can read no 401, 429 or 500 without it"},
    {"recovery", "around all that may fail: whatever throws inside becomes a 500", true},
    {"request_id", "before all that logs or answers, which name the id", true},
    {"access_log", "sees every answer, also those that the gateway makes itself", true},
    {"timing", "tells the time of every answer, refusals included"},
    {"security_headers", "browsers show refusals like any page, so they get its fields, too"},
    // What refuses without knowing the caller, the cheapest first.
    {"ip_filter", "the cheapest refusal: an address that may not call costs nothing more"},
    {"body_limit", "before all that may read a body"},
    {"timeout", "before all that waits, so that the deadline holds there, too"},
    {"verify_signature", "nothing is believed before it is known that a gateway has sent it"},
    {"replay_guard", "after the signature, so that only signed requests use up nonces"},
    // Who is calling: one of these, or several in any_of and all_of.
    {"mtls", "tells who is calling before anything counts, decides or stores by caller"},
    {"jwt", "tells who is calling before a limit counts, so that a bad token uses no budget"},
    {"api_key", "tells who is calling before a limit counts, so that a bad key uses no budget"},
    {"basic", "tells who is calling before a limit counts, so that a bad password uses no budget"},
    {"forward_auth", "asks another service who is calling, after the kinds that need not ask"},
    {"any_of", "stands where its parts would: it tells who is calling"},
    {"all_of", "stands where its parts would: it tells who is calling"},
    // What decides by caller.
    {"require", "needs the caller that an authentication has found"},
    {"rate_limit", "counts known callers; one that counts by client_ip may also stand outside"},
    {"csrf", "after the limit, so that forged requests are counted, and before any effect"},
    {"idempotency", "after all that refuses: who gets a stored answer was let in and counted"},
    {"cache", "after all that decides by caller: a hit was let in, and counted like every other"},
    // What changes messages: only the upstream sees it.
    {"headers", "after all that reads what the client has sent"},
    {"cookie", "close to the upstream whose cookies it changes"},
    {"rewrite", "the last to change the target: all others see what the client asked for"},
    {"sign_upstream", "the last before the upstream: nothing changes what it has signed"},
    {"fault", "close to the upstream that it plays: all before it see trouble as if it were real"},
    // What answers: nothing behind it runs.
    {"redirect", "answers itself, so that nothing behind it runs"},
    {"respond", "answers itself, so that nothing behind it runs"},
    {"events", "answers itself, so that nothing behind it runs"},
    {"echo", "answers itself, and shows what all before it have done to the request"},
};

} // namespace

std::span<const Entry> all()
{
    return defaultOrder;
}

std::optional<int> rank(std::string_view kind)
{
    const auto *const found = std::ranges::find(defaultOrder, kind, &Entry::kind);
    if (found == std::end(defaultOrder))
        return std::nullopt;
    return int(found - std::begin(defaultOrder));
}

std::string_view reasonFor(std::string_view kind)
{
    const std::optional<int> place = rank(kind);
    return place ? defaultOrder[*place].reason : std::string_view();
}

} // namespace gatehouse::middleware::order
