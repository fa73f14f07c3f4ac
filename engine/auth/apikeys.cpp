// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/apikeys.h"

#include "engine/auth/keyfile.h"
#include "engine/crypto/random.h"
#include "engine/crypto/secretcompare.h"

#include <cstring>
#include <map>
#include <unordered_map>

namespace gatehouse::auth {

namespace {

struct Hash
{
    std::size_t operator()(const crypto::Sha256 &digest) const
    {
        std::size_t hash = 0;
        std::memcpy(&hash, digest.data(), sizeof hash);
        return hash;
    }
};

} // namespace

struct KeyBook::Table
{
    std::map<std::string, KeyPtr> byId;
    std::unordered_map<crypto::Sha256, KeyPtr, Hash> byDigest;

    Result<void> insert(ApiKey key)
    {
        const QString id = QString::fromStdString(key.id);
        if (byId.size() >= mostKeys)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "is one key more than the 100000 that fit").at(id));
        const auto twin = byDigest.find(key.digest);
        if (twin != byDigest.end())
            return std::unexpected(Error(ErrorCode::InvalidConfig,
                                         QString("is the same key as %1; give each its own")
                                             .arg(QString::fromStdString(twin->second->id)))
                                       .at(id));
        const auto kept = std::make_shared<const ApiKey>(std::move(key));
        byId[kept->id] = kept;
        byDigest[kept->digest] = kept;
        return {};
    }
    void erase(const KeyPtr &key)
    {
        byDigest.erase(key->digest);
        byId.erase(key->id);
    }
    static Result<Table> of(std::vector<ApiKey> keys)
    {
        Table table;
        for (ApiKey &key : keys) {
            if (const Result<void> added = table.insert(std::move(key)); !added)
                return std::unexpected(added.error());
        }
        return table;
    }
};

config::Schema KeyBook::keysSchema()
{
    return config::Schema::map(internal::keySchema());
}

Result<std::shared_ptr<KeyBook>> KeyBook::fromSettings(const config::Node &keys)
{
    Result<std::vector<ApiKey>> read = internal::readKeys(keys);
    if (!read)
        return std::unexpected(read.error());
    const Result<Table> table = Table::of(std::move(*read));
    if (!table)
        return std::unexpected(table.error());
    std::shared_ptr<KeyBook> book(new KeyBook({}));
    book->m_table = std::make_shared<const Table>(*table);
    return book;
}

Result<std::shared_ptr<KeyBook>> KeyBook::fromFile(const std::string &path)
{
    std::shared_ptr<KeyBook> book(new KeyBook(path));
    book->m_table = std::make_shared<const Table>();
    if (const Result<void> read = book->refresh(); !read)
        return std::unexpected(read.error());
    return book;
}

Result<void> KeyBook::refresh()
{
    if (m_file.empty())
        return {};
    const QMutexLocker change(&m_changes);
    const Result<std::string> text = internal::readKeyFile(m_file);
    if (!text)
        return std::unexpected(text.error());
    const crypto::Sha256 digest = crypto::sha256(*text);
    if (digest == m_fileDigest)
        return {};
    Result<std::vector<ApiKey>> keys = internal::parseKeyFile(m_file, *text);
    if (!keys)
        return std::unexpected(keys.error());
    const Result<Table> table = Table::of(std::move(*keys));
    if (!table)
        return std::unexpected(table.error());
    m_fileDigest = digest;
    const QWriteLocker lock(&m_lock);
    m_table = std::make_shared<const Table>(*table);
    return {};
}

KeyBook::TablePtr KeyBook::table() const
{
    const QReadLocker lock(&m_lock);
    return m_table;
}

KeyBook::KeyPtr KeyBook::find(std::string_view key) const
{
    const crypto::Sha256 digest = crypto::sha256(key);
    const TablePtr now = table();
    const auto found = now->byDigest.find(digest);
    if (found == now->byDigest.end() || !crypto::isSameDigest(found->first, digest))
        return nullptr;
    return found->second;
}

std::vector<KeyBook::KeyPtr> KeyBook::list() const
{
    std::vector<KeyPtr> keys;
    const TablePtr now = table();
    for (const auto &[id, key] : now->byId)
        keys.push_back(key);
    return keys;
}

/// m_changes is held. The disk first: what cannot be written does not happen.
Result<void> KeyBook::replace(const Table &table)
{
    if (!m_file.empty()) {
        const Result<void> written = write(table);
        if (!written)
            return written;
    }
    const QWriteLocker lock(&m_lock);
    m_table = std::make_shared<const Table>(table);
    return {};
}

Result<void> KeyBook::write(const Table &table)
{
    std::vector<KeyPtr> keys;
    for (const auto &[id, key] : table.byId)
        keys.push_back(key);
    const std::string text = internal::keyFileText(keys);
    const Result<void> written = internal::writeKeyFile(m_file, text);
    if (written)
        m_fileDigest = crypto::sha256(text);
    return written;
}

Result<std::string> KeyBook::add(ApiKey description)
{
    const QMutexLocker change(&m_changes);
    Table next = *table();
    if (description.id.empty() || next.byId.contains(description.id))
        return fail(ErrorCode::BadRequest,
                    description.id.empty() ? "a key needs an id" : "there is a key with this id");
    if (next.byId.size() >= mostKeys)
        return fail(ErrorCode::Unavailable, "there is no room for another key");
    const std::string key = "gh_" + crypto::randomHex(24);
    description.digest = crypto::sha256(key);
    if (description.identity.subject.empty())
        description.identity.subject = description.id;
    (void)next.insert(std::move(description)); // nothing that is random is there twice
    const Result<void> replaced = replace(next);
    if (!replaced)
        return std::unexpected(replaced.error());
    return key;
}

Result<void> KeyBook::remove(const std::string &id)
{
    const QMutexLocker change(&m_changes);
    Table next = *table();
    const auto found = next.byId.find(id);
    if (found == next.byId.end())
        return fail(ErrorCode::NotFound, "there is no such key");
    const KeyPtr key = found->second;
    next.erase(key);
    return replace(next);
}

Result<void> KeyBook::setDisabled(const std::string &id, bool isDisabled)
{
    const QMutexLocker change(&m_changes);
    Table next = *table();
    const auto found = next.byId.find(id);
    if (found == next.byId.end())
        return fail(ErrorCode::NotFound, "there is no such key");
    const KeyPtr old = found->second;
    ApiKey changed = *old;
    changed.isDisabled = isDisabled;
    next.erase(old);
    (void)next.insert(std::move(changed)); // the place of the old one is free
    return replace(next);
}

} // namespace gatehouse::auth
