// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/middleware.h"
#include "engine/middleware/replaybody.h"
#include "engine/middleware/storedanswer.h"
#include "engine/state/statestore.h"

#include <vector>

namespace gatehouse::middleware {

struct IdempotencySettings
{
    std::vector<std::string> headers;
    std::vector<std::string> methods;
    std::chrono::seconds ttl{};
    std::chrono::milliseconds inFlightTimeout{};
    qint64 maxBody = 0;        ///< of an answer; over it nothing is stored
    qint64 maxRequestBody = 0; ///< over it: 413
    bool isRequired = false;
    bool takesFingerprint = false;
    bool isAllowedOnError = false;
    std::string name; ///< of the stage
    std::shared_ptr<state::StateStore> store;
};

/// Runs a request once, however often the client repeats it with the same key: the repetitions get
/// the stored answer. A request claims its key before it runs, so that of several at once the
/// others get 409 instead of running, too.
///
/// Best effort, not exactly once: if the gateway dies, or the client leaves, while the upstream
/// works, nobody knows what the upstream has done. The claim expires then, and a repetition runs.
class Idempotency final : public Middleware
{
public:
    explicit Idempotency(IdempotencySettings settings);

    Task<Response> handle(Exchange &exchange, Next next) const override;

private:
    /// One request under way: its place in the store, and what it has put there.
    struct Call
    {
        std::string storeKey;
        std::string claim;
        crypto::Sha256 bodyHash{};
    };
    /// What to do with a request: answer it, or run it, as the owner of the claim or unprotected.
    struct Decision
    {
        std::optional<Response> answer;
        bool isOwner = false;
    };

    Result<std::optional<std::string_view>> keyOf(const Exchange &exchange) const;
    Task<Response> guard(Exchange &exchange, Next next) const;
    Task<Result<bool>> bufferBody(Exchange &exchange, crypto::Sha256 &hash, bool hasKey) const;
    Task<Decision> claim(Exchange &exchange, const Call &call) const;
    Decision decideOn(Exchange &exchange, const Call &call, const state::Entry &entry) const;
    Decision onStoreError(Exchange &exchange, const Error &error) const;
    Response replay(Exchange &exchange, const StoredAnswer &stored,
                    std::chrono::milliseconds left) const;
    Task<Response> runOwned(Exchange &exchange, Next next, const Call &call) const;
    Task<Response> keep(Exchange &exchange, const Call &call, Response response) const;
    Task<void> store(Exchange &exchange, const Call &call, const Response &response,
                     std::string_view body) const;
    Task<bool> isStillOurs(const Call &call) const;
    Task<void> release(const Call &call) const;

    void mark(Exchange &exchange, std::string_view decision, Verdict verdict) const;
    Response refuse(Exchange &exchange, std::string_view decision, const Error &error) const;

    IdempotencySettings m_settings;
};

} // namespace gatehouse::middleware
