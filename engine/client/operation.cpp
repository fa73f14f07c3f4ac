// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/operation.h"

namespace gatehouse::client {

namespace {

constexpr Operation table[] = {
    {Op::Index, "/admin/v1", Verb::Get, "", "", "this list"},
    {Op::OpenApi, "/admin/v1/openapi.json", Verb::Get, "", "", "the same as an OpenAPI document"},
    {Op::Info, "/admin/v1/info", Verb::Get, "", "",
     "version, process, listeners, generation of the configuration"},
    {Op::Pipeline, "/admin/v1/pipeline", Verb::Get, "", "",
     "the middlewares in force, in the order in which they run, with reasons and settings"},
    {Op::Routes, "/admin/v1/routes", Verb::Get, "", "",
     "the routes in the order of the file, with their place in it and what they have served"},
    {Op::Services, "/admin/v1/services", Verb::Get, "", "",
     "the services, their instances and how these are"},
    {Op::Explain, "/admin/v1/explain", Verb::Post, "", "method, url, headers, config",
     "what the gateway would do with a request, and why; config: a draft to ask instead"},

    {Op::Config, "/admin/v1/config", Verb::Get, "", "",
     "the text of the configuration in force, and whether the file still says the same"},
    {Op::ConfigCheck, "/admin/v1/config/check", Verb::Post, "", "text",
     "every finding in a configuration, with its place; nothing changes"},
    {Op::ConfigDiff, "/admin/v1/config/diff", Verb::Post, "", "text, base",
     "what a configuration would change, in sentences and as a unified diff"},
    {Op::ConfigDryRun, "/admin/v1/config/dryrun", Verb::Post, "", "text, last",
     "decides the last exchanges again under a configuration and lists the differences"},
    {Op::ConfigApply, "/admin/v1/config/apply", Verb::Post, "",
     "text, expected_generation, author, comment",
     "puts a configuration into force and writes it to the file; 409 if somebody was faster"},
    {Op::ConfigHistory, "/admin/v1/config/history", Verb::Get, "", "",
     "every revision that was in force, the newest first"},
    {Op::ConfigRevision, "/admin/v1/config/revision", Verb::Get, "generation", "",
     "the text of a revision"},
    {Op::ConfigRollback, "/admin/v1/config/rollback", Verb::Post, "",
     "generation, expected_generation",
     "puts the text of an earlier revision into force, as a new one"},
    {Op::ConfigSchema, "/admin/v1/config/schema", Verb::Get, "", "",
     "the JSON Schema of the configuration"},

    {Op::Recording, "/admin/v1/recording", Verb::Get, "", "",
     "what is recorded, and how much of each budget it takes"},
    {Op::SetRecording, "/admin/v1/recording", Verb::Post, "",
     "level, body_cap, memory_budget, disk_budget, rules",
     "changes what is recorded; level: off, summary, heads or bodies"},
    {Op::Exchanges, "/admin/v1/exchanges", Verb::Get, "filter, after, before, limit", "",
     "recorded exchanges that a filter accepts, the newest first, in pages"},
    {Op::ClearExchanges, "/admin/v1/exchanges", Verb::Delete, "filter, pinned", "",
     "forgets exchanges; pinned ones stay unless pinned=true"},
    {Op::Exchange, "/admin/v1/exchanges/one", Verb::Get, "seq, reveal", "",
     "all that is known of an exchange; secrets are masked unless reveal=true"},
    {Op::ExchangeBody, "/admin/v1/exchanges/body", Verb::Get, "seq, side, offset, limit", "",
     "bytes of a body that was kept; side: request or response"},
    {Op::ExchangeFrames, "/admin/v1/exchanges/frames", Verb::Get, "seq, after, limit", "",
     "events or lines of a stream, with their times, also while it is under way"},
    {Op::ExchangeValues, "/admin/v1/exchanges/values", Verb::Post, "", "seqs, fields",
     "what columns such as header.NAME or json.PATH show of exchanges; secrets are masked"},
    {Op::ExchangePin, "/admin/v1/exchanges/pin", Verb::Post, "", "seq, pinned, note",
     "keeps an exchange when others go, and notes why"},
    {Op::ExchangeHar, "/admin/v1/exchanges/har", Verb::Get, "filter, seq, reveal", "",
     "exchanges as a HAR file; secrets are masked unless reveal=true"},
    {Op::ImportHar, "/admin/v1/exchanges/import", Verb::Post, "", "har",
     "adds the entries of a HAR file to the record"},
    {Op::SaveCapture, "/admin/v1/exchanges/save", Verb::Post, "", "file",
     "copies the capture into a file"},
    {Op::Summary, "/admin/v1/metrics/summary", Verb::Get, "", "",
     "requests, errors and percentiles, by route and stage"},

    {Op::Limits, "/admin/v1/limits", Verb::Get, "", "",
     "every limit in force, and what it has decided"},
    {Op::LimitKeys, "/admin/v1/limits/keys", Verb::Get, "limit", "",
     "at most 1000 keys of a limit, with what each has left"},
    {Op::LimitKey, "/admin/v1/limits/key", Verb::Get, "limit, key", "", "what one key has left"},
    {Op::ResetLimitKey, "/admin/v1/limits/key", Verb::Delete, "limit, key", "",
     "forgets what a key has used; a penalty and a block end"},
    {Op::FillLimitKey, "/admin/v1/limits/fill", Verb::Post, "limit, key", "",
     "takes all that a key has left; a penalty begins"},
    {Op::BlockLimitKey, "/admin/v1/limits/block", Verb::Post, "limit, key, for", "",
     "denies a key everything for a time, in development or with --lab only"},
    {Op::UnblockLimitKey, "/admin/v1/limits/unblock", Verb::Post, "limit, key", "",
     "ends a block by hand; a penalty stays"},
    {Op::RestoreLimitKey, "/admin/v1/limits/restore", Verb::Post, "limit, key, before", "",
     "takes a key back to how it was; before: from the answer to what has changed it"},
    {Op::AdvanceLimit, "/admin/v1/limits/advance", Verb::Post, "limit, by", "",
     "lets time pass for a limit, or for all, in development or with --lab only"},
    {Op::LimitClock, "/admin/v1/limits/clock", Verb::Post, "limit, to", "",
     "the clock of a limit, or of all; to: frozen, running, or real"},
    {Op::SimulateLimit, "/admin/v1/limits/simulate", Verb::Post, "", "limit, rule, pattern",
     "what a limit would allow of a pattern of requests, without a request"},

    {Op::KeyBooks, "/admin/v1/keys", Verb::Get, "book, after", "",
     "the books of API keys, with at most 1000 keys of each; never a key or its hash"},
    {Op::CreateKey, "/admin/v1/keys", Verb::Post, "book, id",
     "subject, type, scopes, roles, expires", "makes a key and shows it, this once"},
    {Op::DeleteKey, "/admin/v1/keys", Verb::Delete, "book, id", "", "removes a key"},
    {Op::DisableKey, "/admin/v1/keys/disable", Verb::Post, "book, id", "",
     "refuses a key for the time being"},
    {Op::EnableKey, "/admin/v1/keys/enable", Verb::Post, "book, id", "",
     "accepts a disabled key again"},

    {Op::LogLevels, "/admin/v1/log", Verb::Get, "", "", "the levels of the log, by component"},
    {Op::SetLogLevel, "/admin/v1/log", Verb::Post, "", "component, level",
     "changes a level until the configuration is read again"},
    {Op::Redact, "/admin/v1/redact", Verb::Post, "", "text",
     "a message as it is shown and exported, with its secrets masked; nothing is kept"},
};

constexpr bool isInOrder()
{
    for (int i = 0; i < opCount; ++i) {
        if (int(table[i].op) != i)
            return false;
    }
    return true;
}
static_assert(std::size(table) == opCount && isInOrder());

} // namespace

QLatin1String verbName(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return QLatin1String("GET");
    case Verb::Post:
        return QLatin1String("POST");
    case Verb::Delete:
        break;
    }
    return QLatin1String("DELETE");
}

std::span<const Operation> operations()
{
    return table;
}

const Operation &operation(Op op)
{
    return table[int(op)];
}

} // namespace gatehouse::client
