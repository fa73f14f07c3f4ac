// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cache/cacherecord.h"
#include "engine/http/middleware.h"
#include "engine/middleware/cachewriter.h"

namespace gatehouse::middleware {

struct CacheSettings
{
    std::chrono::seconds defaultTtl{0}; ///< of answers that say nothing
    std::vector<std::pair<std::string, std::chrono::seconds>> ttlByType; ///< content type first
    std::chrono::seconds keepStale{0}; ///< how long a stale answer waits to be validated
    qint64 maxBody = 0;
    std::vector<std::string> keyHeaders; ///< fields that tell answers apart, beside Vary
    std::string name;                    ///< of the stage
    std::shared_ptr<state::StateStore> store;
    std::shared_ptr<BackgroundJobs> background;
};

/// A shared HTTP cache (RFC 9111) in the state store: all gateways on one Redis share it. What it
/// stores goes there beside the answer, never before it; a store that does not answer is a miss.
///
/// In the store: an index for each URI (a generation, and the names that Vary lists), and a record
/// for each variant. An unsafe request removes the index, and with it all variants.
class Cache final : public Middleware
{
public:
    explicit Cache(CacheSettings settings) : m_settings(std::move(settings)) {}

    Task<Response> handle(Exchange &exchange, Next next) const override;

private:
    struct Found
    {
        std::optional<cache::CacheRecord> record;
        std::string_view miss = "uri-miss"; ///< why there is none (RFC 9211, fwd)
    };

    [[nodiscard]] std::string keyOf(const Exchange &exchange) const;
    [[nodiscard]] std::string varyDigest(const Headers &request, std::string_view varyNames) const;
    [[nodiscard]] std::chrono::seconds presetFor(const Headers &response) const;

    Task<Response> lookUp(Exchange &exchange, Next next) const;
    Task<Found> find(Exchange &exchange, const std::string &key) const;
    Task<Response> fetch(Exchange &exchange, Next next, std::string key,
                         std::string_view why) const;
    Task<Response> validate(Exchange &exchange, Next next, std::string key,
                            const cache::CacheRecord &record) const;
    Response refreshed(Exchange &exchange, const std::string &key, const Response &confirmation,
                       cache::CacheRecord record, bool hasItAlready,
                       std::chrono::seconds delay) const;
    Task<Response> passUnsafe(Exchange &exchange, Next next) const;
    Response answerFrom(Exchange &exchange, const cache::CacheRecord &record, std::string_view how,
                        bool hasIt) const;
    std::optional<CacheWriter> writerFor(const Exchange &exchange, const std::string &key,
                                         const Response &response, std::chrono::seconds delay,
                                         std::string_view &whyNot) const;
    void keep(Exchange &exchange, const std::string &key, Response &response,
              std::chrono::seconds delay, std::string_view why) const;
    void mark(Exchange &exchange, std::string_view decision, std::string_view why,
              Verdict verdict) const;

    CacheSettings m_settings;
};

} // namespace gatehouse::middleware
