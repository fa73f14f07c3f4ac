// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/storedidentity.h"
#include "engine/config/schema.h"
#include "engine/core/result.h"
#include "engine/crypto/digest.h"

#include <QMutex>
#include <QReadWriteLock>

#include <memory>
#include <optional>

namespace gatehouse::auth {

/// One API key as it is kept: only its SHA-256. A key is random and long, so that nobody finds it
/// by trying; a password would need a slower function.
struct ApiKey
{
    std::string id;
    crypto::Sha256 digest{};
    StoredIdentity identity; ///< claims are the metadata; the subject is the id if none is given
    std::optional<qint64> expires; ///< seconds since 1970: from then on it is refused
    bool isDisabled = false;
};

/// Seconds since 1970 of a date ("2027-01-01": its first second in UTC) or of a date with time;
/// nothing if \a text is neither.
[[nodiscard]] std::optional<qint64> parseExpiry(const std::string &text);
/// The reverse, as "2027-01-01T12:00:00Z".
[[nodiscard]] std::string expiryText(qint64 seconds);

/// The API keys of one middleware: what requests are looked up in, and what an operator changes
/// while the gateway runs. Thread-safe. Keys that come from a file are written back to it.
class KeyBook
{
public:
    static constexpr std::size_t mostKeys = 100'000;

    using KeyPtr = std::shared_ptr<const ApiKey>;

    /// What a map of keys must look like: id to key.
    static config::Schema keysSchema();
    /// A book of the keys in \a keys, which has passed keysSchema(). InvalidConfig at the id for
    /// a key that is there twice, or has no valid hash or date.
    static Result<std::shared_ptr<KeyBook>> fromSettings(const config::Node &keys);
    /// A book of the keys in the YAML file \a path, under `keys:`. InvalidConfig with the place.
    static Result<std::shared_ptr<KeyBook>> fromFile(const std::string &path);

    /// nullptr if nobody has that key. What disabled and expired ones mean is the caller's.
    [[nodiscard]] KeyPtr find(std::string_view key) const;
    /// By id.
    [[nodiscard]] std::vector<KeyPtr> list() const;
    /// A new key for \a description (digest is ignored): the key itself, which is not kept and
    /// cannot be asked for again. BadRequest if the id is empty or taken, Unavailable if the book
    /// is full or the file cannot be written; then nothing has changed, here and below.
    Result<std::string> add(ApiKey description);
    /// NotFound if there is no such key.
    Result<void> remove(const std::string &id);
    Result<void> setDisabled(const std::string &id, bool isDisabled);
    /// Empty if the keys are only in memory: then changes last until the configuration changes.
    [[nodiscard]] const std::string &file() const { return m_file; }
    /// Reads the file again if another program has changed it.
    Result<void> refresh();

private:
    struct Table;
    using TablePtr = std::shared_ptr<const Table>;

    explicit KeyBook(std::string file) : m_file(std::move(file)) {}
    [[nodiscard]] TablePtr table() const;
    Result<void> replace(const Table &table);
    Result<void> write(const Table &table);

    std::string m_file;
    crypto::Sha256 m_fileDigest{}; ///< of the text that was read or written last
    QMutex m_changes;              ///< one change at a time
    mutable QReadWriteLock m_lock; ///< only for m_table: readers never wait for the disk
    TablePtr m_table;
};

} // namespace gatehouse::auth
