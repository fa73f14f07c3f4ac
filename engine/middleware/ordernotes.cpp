// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/order.h"

#include <algorithm>

namespace gatehouse::middleware::order {

namespace {

using Kinds = std::vector<std::string_view>;

/// What follows if one of \a outer stands before one of \a inner.
struct Rule
{
    Kinds outer; ///< empty: every built-in kind that belongs further in
    Kinds inner; ///< empty: every kind
    std::string_view consequence;
};

bool holds(const Kinds &kinds, const std::string &kind)
{
    return std::ranges::find(kinds, kind) != kinds.end();
}

std::vector<Rule> makeRules()
{
    const Kinds whoCalls{"mtls", "jwt", "api_key", "basic", "forward_auth", "any_of", "all_of"};
    const Kinds answering{"redirect", "respond", "echo"};
    Kinds refusing{"ip_filter",  "body_limit", "verify_signature", "replay_guard", "require",
                   "rate_limit", "csrf",       "idempotency"};
    std::ranges::copy(whoCalls, std::back_inserter(refusing));
    return {
        {answering, {}, "it answers, and nothing behind it runs"},
        {{}, {"recovery"}, "what it throws is not caught there"},
        {refusing, {"request_id"}, "its refusals have no id"},
        {refusing, {"access_log"}, "its refusals are not in the log"},
        {refusing, {"security_headers"}, "its refusals lack those fields"},
        {whoCalls, {"ip_filter"}, "addresses that may not call cost a check of credentials, too"},
        {{"idempotency"}, {"body_limit"}, "it reads bodies under the listener's limit"},
        {{"forward_auth"}, {"timeout"}, "that deadline does not hold while it asks"},
        {{"replay_guard"}, {"verify_signature"}, "unsigned requests use up nonces, too"},
        {{"rate_limit"}, whoCalls, "it counts anonymous callers, too, and knows no subject"},
        {{"require"}, whoCalls, "it finds no caller there and answers 401"},
        {{"idempotency"}, whoCalls, "it repeats answers before credentials are checked"},
        {{"idempotency"}, {"rate_limit"}, "repeated answers are not counted"},
        {{"csrf"}, {"rate_limit"}, "forged requests are not counted"},
        {{"headers"}, whoCalls, "credentials are read after its edits"},
        {{"rewrite"}, whoCalls, "paths are compared as rewritten"},
        {{"rewrite"}, {"csrf", "idempotency"}, "paths are compared as rewritten"},
        {{"sign_upstream"}, whoCalls, "it signs without the caller"},
        {{"sign_upstream"}, {"headers"}, "edits come after the signing"},
    };
}

/// Kinds that are not built in are left out: nobody knows what they do. `cors` is moved to the
/// front, so that no other order of it is possible.
bool isOuter(const Rule &rule, const std::string &kind, int limit)
{
    const std::optional<int> place = rank(kind);
    if (rule.outer.empty())
        return place && kind != "cors" && *place > limit;
    return holds(rule.outer, kind);
}

std::string shown(const Placed &placed)
{
    return placed.name == placed.kind ? placed.kind : placed.name + " (" + placed.kind + ")";
}

/// The names of what \a rule is about behind \a at, nothing if one of them stands before it, too:
/// then it has seen the request already.
std::string affected(const Rule &rule, const std::vector<Placed> &chain, std::size_t at)
{
    std::string names;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const bool isMeant = rule.inner.empty() ? i > at : holds(rule.inner, chain[i].kind);
        if (!isMeant || i == at)
            continue;
        if (i < at)
            return {};
        names += (names.empty() ? "" : ", ") + shown(chain[i]);
    }
    return names;
}

} // namespace

std::vector<std::string> notesOn(const std::vector<Placed> &chain)
{
    static const std::vector<Rule> rules = makeRules();
    std::vector<std::string> notes;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        for (const Rule &rule : rules) {
            const int limit = rule.inner.empty() ? 0 : rank(rule.inner.front()).value_or(0);
            if (!isOuter(rule, chain[i].kind, limit))
                continue;
            const std::string names = affected(rule, chain, i);
            if (!names.empty())
                notes.push_back(shown(chain[i]) + " stands before " + names + ": "
                                + std::string(rule.consequence));
        }
    }
    return notes;
}

} // namespace gatehouse::middleware::order
