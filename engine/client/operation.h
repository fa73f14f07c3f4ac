// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>

#include <span>

namespace gatehouse::client {

enum class Verb { Get, Post, Delete };
/// "GET".
[[nodiscard]] QLatin1String verbName(Verb verb);

/// Everything that can be asked of a running engine. What the window can do, a script can do.
enum class Op {
    Index,
    OpenApi,
    Info,
    Pipeline,
    Routes,
    Services,
    Explain,
    Config,
    ConfigCheck,
    ConfigDiff,
    ConfigDryRun,
    ConfigApply,
    ConfigHistory,
    ConfigRevision,
    ConfigRollback,
    ConfigSchema,
    Recording,
    SetRecording,
    Exchanges,
    ClearExchanges,
    Exchange,
    ExchangeBody,
    ExchangeFrames,
    ExchangeValues,
    ExchangePin,
    ExchangeHar,
    ImportHar,
    SaveCapture,
    Summary,
    Limits,
    LimitKeys,
    LimitKey,
    ResetLimitKey,
    FillLimitKey,
    BlockLimitKey,
    UnblockLimitKey,
    RestoreLimitKey,
    AdvanceLimit,
    LimitClock,
    SimulateLimit,
    KeyBooks,
    CreateKey,
    DeleteKey,
    DisableKey,
    EnableKey,
    LogLevels,
    SetLogLevel,
    Redact,
};
inline constexpr int opCount = int(Op::Redact) + 1;

/// One operation below /admin/v1, as it is documented, routed and called.
struct Operation
{
    Op op;
    const char *path;
    Verb verb;
    const char *parameters; ///< of the query: "limit, key"
    const char *body;       ///< the fields of the JSON object that is sent; empty for none
    const char *summary;    ///< what it does, in one line
};

/// All of them, in the order of Op.
[[nodiscard]] std::span<const Operation> operations();
[[nodiscard]] const Operation &operation(Op op);

} // namespace gatehouse::client
