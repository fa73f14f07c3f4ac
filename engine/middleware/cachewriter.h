// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/backgroundjobs.h"
#include "engine/http/bodystream.h"
#include "engine/state/statestore.h"

namespace gatehouse::middleware {

/// Where an answer goes in the store, and what is known of it before its body.
struct CachePlace
{
    std::string indexKey;
    std::string varyNames;
    std::string varyDigest; ///< of the request's values
    std::string head;       ///< of the record
    std::chrono::seconds ttl{0};
};

/// Puts one answer into the store once its body has passed. What it begins outlives its exchange
/// and its chain.
class CacheWriter
{
public:
    CacheWriter(CachePlace place, std::shared_ptr<state::StateStore> store,
                std::shared_ptr<BackgroundJobs> background)
        : m_place(std::move(place))
        , m_store(std::move(store))
        , m_background(std::move(background))
    {
    }

    /// Stores the answer with \a body, beside everything else. Once.
    void write(std::string body);

private:
    CachePlace m_place;
    std::shared_ptr<state::StateStore> m_store;
    std::shared_ptr<BackgroundJobs> m_background;
};

/// A body on its way to the client, of which a copy is kept: up to \a limit bytes; a longer one, or
/// one that ends in an error, is not stored.
class KeptBody final : public BodyStream
{
public:
    KeptBody(BodyPtr body, CacheWriter writer, qint64 limit);

    Task<Result<Chunk>> read() override;
    [[nodiscard]] qint64 remaining() const override { return m_body->remaining(); }
    [[nodiscard]] bool isReady() const override { return m_body->isReady(); }
    [[nodiscard]] const Headers *trailers() const override { return m_body->trailers(); }

private:
    BodyPtr m_body;
    CacheWriter m_writer;
    qint64 m_limit;
    std::string m_kept;
    bool m_isGivenUp = false;
};

} // namespace gatehouse::middleware
