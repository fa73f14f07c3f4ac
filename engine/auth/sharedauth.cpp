// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/sharedauth.h"

namespace gatehouse::auth {

Result<KeyBooks::BookPtr> KeyBooks::open(const std::string &name, const std::string &settings,
                                         const std::function<Result<BookPtr>()> &make)
{
    const QMutexLocker lock(&m_mutex);
    std::erase_if(m_books, [](const auto &entry) { return entry.second.expired(); });
    std::weak_ptr<KeyBook> &known = m_books[{name, crypto::sha256(settings)}];
    if (const BookPtr book = known.lock()) {
        const Result<void> read = book->refresh();
        if (!read)
            return std::unexpected(read.error());
        return book;
    }
    Result<BookPtr> made = make();
    if (made)
        known = *made;
    return made;
}

std::vector<KeyBooks::Open> KeyBooks::open() const
{
    const QMutexLocker lock(&m_mutex);
    std::vector<Open> books;
    int count = 0;
    for (const auto &[key, weak] : m_books) {
        BookPtr book = weak.lock();
        if (!book)
            continue;
        const bool isTwin = !books.empty() && books.back().key.first == key.first;
        count = isTwin ? count + 1 : 1;
        std::string name = count == 1 ? key.first : key.first + '#' + std::to_string(count);
        books.push_back({std::move(name), key, std::move(book)});
    }
    return books;
}

std::vector<std::pair<std::string, KeyBooks::BookPtr>> KeyBooks::all() const
{
    std::vector<std::pair<std::string, BookPtr>> books;
    for (Open &open : open())
        books.emplace_back(std::move(open.name), std::move(open.book));
    return books;
}

std::string KeyBooks::nameOf(const std::string &name, const std::string &settings) const
{
    const Key key{name, crypto::sha256(settings)};
    for (const Open &open : open()) {
        if (open.key == key)
            return open.name;
    }
    return {};
}

KeyBooks::BookPtr KeyBooks::find(const std::string &name) const
{
    for (const auto &[known, book] : all()) {
        if (known == name)
            return book;
    }
    return nullptr;
}

std::shared_ptr<KeySource> SharedAuth::keySource(const KeySource::Remote &remote)
{
    const QMutexLocker lock(&m_mutex);
    std::erase_if(m_sources, [](const auto &entry) { return entry.second.expired(); });
    for (const auto &[known, weak] : m_sources) {
        std::shared_ptr<KeySource> source = weak.lock();
        if (known == remote && source)
            return source;
    }
    const auto fetch = [this](const std::string &url, HttpFetcher::Done done) {
        m_fetcher.fetch(url, std::move(done));
    };
    auto source = std::make_shared<KeySource>(remote, fetch);
    m_sources.emplace_back(remote, source);
    return source;
}

} // namespace gatehouse::auth
