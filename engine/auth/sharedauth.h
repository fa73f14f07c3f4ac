// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/apikeys.h"
#include "engine/auth/httpfetcher.h"

#include <functional>
#include <map>

namespace gatehouse::auth {

/// The books of API keys that are in use, by middleware. A book lives on over a reload that does
/// not change its middleware. Thread-safe.
class KeyBooks
{
public:
    using BookPtr = std::shared_ptr<KeyBook>;

    /// The book of the middleware \a name with exactly \a settings, made by \a make if there is
    /// none; one with a file reads it again if another program has changed it.
    Result<BookPtr> open(const std::string &name, const std::string &settings,
                         const std::function<Result<BookPtr>()> &make);
    /// Those in use: the name of the middleware, "#2" and so on behind it where several that differ
    /// have one name.
    [[nodiscard]] std::vector<std::pair<std::string, BookPtr>> all() const;
    /// What all() calls the book that open() gives for \a name and \a settings; empty if there is
    /// none.
    [[nodiscard]] std::string nameOf(const std::string &name, const std::string &settings) const;
    /// nullptr if all() does not list \a name.
    [[nodiscard]] BookPtr find(const std::string &name) const;

private:
    using Key = std::pair<std::string, crypto::Sha256>; ///< name, and what the settings hash to
    struct Open
    {
        std::string name; ///< as all() tells it
        Key key;
        BookPtr book;
    };

    [[nodiscard]] std::vector<Open> open() const;

    mutable QMutex m_mutex;
    std::map<Key, std::weak_ptr<KeyBook>> m_books;
};

/// What authentications of all workers share. Thread-safe; outlives the workers.
class SharedAuth
{
public:
    SharedAuth() = default;
    Q_DISABLE_COPY_MOVE(SharedAuth)

    KeyBooks &keyBooks() { return m_books; }
    /// The keys behind a URL: one source for all who ask for the same.
    std::shared_ptr<KeySource> keySource(const KeySource::Remote &remote);

private:
    QMutex m_mutex;
    std::vector<std::pair<KeySource::Remote, std::weak_ptr<KeySource>>> m_sources;
    KeyBooks m_books;
    HttpFetcher m_fetcher;
};

} // namespace gatehouse::auth
