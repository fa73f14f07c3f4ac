// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/cachewriter.h"

#include "engine/cache/cacherecord.h"
#include "engine/crypto/random.h"

namespace gatehouse::middleware {

namespace {

constexpr std::size_t generationBytes = 8;

/// The index first: a record that no index leads to is never found. A store that fails is a miss
/// for the next request, and nothing else.
Task<void> put(std::shared_ptr<state::StateStore> store, CachePlace place, std::string body)
{
    const Result<std::optional<state::Entry>> known = co_await store->get(place.indexKey);
    if (!known)
        co_return;
    std::string generation;
    if (*known) {
        const std::string &text = (*known)->value;
        const std::size_t bar = text.find('|');
        if (bar != std::string::npos && text.substr(bar + 1) == place.varyNames)
            generation = text.substr(0, bar);
    }
    if (generation.empty())
        generation = crypto::randomHex(generationBytes);
    const Result<void> indexed =
        co_await store->set(place.indexKey, generation + '|' + place.varyNames, place.ttl);
    if (!indexed)
        co_return;
    std::string record = std::move(place.head);
    cache::appendRecordBody(record, body);
    const Result<void> stored = co_await store->set(
        place.indexKey + ':' + generation + ':' + place.varyDigest, std::move(record), place.ttl);
    Q_UNUSED(stored)
}

} // namespace

void CacheWriter::write(std::string body)
{
    m_background->spawn(put(m_store, std::move(m_place), std::move(body)));
}

KeptBody::KeptBody(BodyPtr body, CacheWriter writer, qint64 limit)
    : m_body(std::move(body))
    , m_writer(std::move(writer))
    , m_limit(limit)
{
}

Task<Result<Chunk>> KeptBody::read()
{
    Result<Chunk> chunk = co_await m_body->read();
    if (!chunk || m_isGivenUp)
        co_return chunk;
    if (qint64(m_kept.size() + chunk->bytes.size()) > m_limit) {
        m_isGivenUp = true;
        m_kept = {};
        co_return chunk;
    }
    m_kept.append(chunk->bytes);
    if (chunk->isLast) {
        m_isGivenUp = true;
        m_writer.write(std::move(m_kept));
    }
    co_return chunk;
}

} // namespace gatehouse::middleware
