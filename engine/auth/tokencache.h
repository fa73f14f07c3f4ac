// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/storedidentity.h"
#include "engine/core/clock.h"
#include "engine/crypto/digest.h"

#include <cstring>
#include <list>
#include <optional>
#include <unordered_map>

namespace gatehouse::auth {

/// A credential that was verified, and what it says.
struct Verified
{
    StoredIdentity identity;
    std::string missing;            ///< the right that it lacks, if any
    std::optional<qint64> notAfter; ///< seconds since 1970: exp and the leeway
};

/// Credentials that were verified a short time ago, the least recently used first to go. Bounded.
/// Known by their SHA-256: the cache holds nothing that could be sent. Never leaves its thread.
class TokenCache
{
public:
    TokenCache(std::size_t capacity, std::chrono::milliseconds lifetime)
        : m_capacity(lifetime.count() > 0 ? capacity : 0)
        , m_lifetime(lifetime)
    {
    }

    /// nullptr if it is not there, or too old. Valid until the next insert() or clear().
    [[nodiscard]] const Verified *find(const crypto::Sha256 &digest, SteadyTime now);
    void insert(const crypto::Sha256 &digest, Verified verified, SteadyTime now);
    void clear();
    [[nodiscard]] std::size_t size() const { return m_index.size(); }

private:
    struct Entry
    {
        crypto::Sha256 digest;
        Verified verified;
        SteadyTime end;
    };
    struct Hash
    {
        std::size_t operator()(const crypto::Sha256 &digest) const
        {
            std::size_t hash = 0;
            std::memcpy(&hash, digest.data(), sizeof hash);
            return hash;
        }
    };
    using Entries = std::list<Entry>;

    std::size_t m_capacity;
    std::chrono::milliseconds m_lifetime;
    Entries m_entries; ///< most recently used first
    std::unordered_map<crypto::Sha256, Entries::iterator, Hash> m_index;
};

} // namespace gatehouse::auth
