// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/book.h"

#include <algorithm>

namespace gatehouse::limits {

namespace {

void addTo(Tally &tally, const Counts &counts)
{
    constexpr auto relaxed = std::memory_order_relaxed;
    tally.allowed += counts.allowed.load(relaxed);
    tally.denied += counts.denied.load(relaxed);
    tally.wouldDeny += counts.wouldDeny.load(relaxed);
    tally.exempt += counts.exempt.load(relaxed);
    tally.errors += counts.errors.load(relaxed);
}

} // namespace

OpenLimit::OpenLimit(std::string name, const Rule &rule, std::string keyText, bool isShared,
                     qint64 maxKeys)
    : m_name(std::move(name))
    , m_rule(rule)
    , m_keyText(std::move(keyText))
    , m_local(isShared ? nullptr : std::make_unique<LocalLimit>(rule, maxKeys))
{
}

ClockState OpenLimit::clock() const
{
    if (m_local)
        return m_local->clock().state(Clock::system().now());
    return {Nanoseconds(m_moved.load() - m_realMoved.load()), false};
}

void OpenLimit::makeClockReal()
{
    if (m_local)
        m_local->clock().makeReal(Clock::system().now());
    m_realMoved.store(m_moved.load());
}

void OpenLimit::foldFinished()
{
    std::erase_if(m_counts, [this](const std::shared_ptr<Counts> &counts) {
        if (counts.use_count() > 1)
            return false;
        addTo(m_past, *counts);
        return true;
    });
}

std::shared_ptr<Counts> OpenLimit::counts()
{
    const QMutexLocker lock(&m_mutex);
    foldFinished();
    return m_counts.emplace_back(std::make_shared<Counts>());
}

Tally OpenLimit::tally() const
{
    const QMutexLocker lock(&m_mutex);
    Tally tally = m_past;
    for (const std::shared_ptr<Counts> &counts : m_counts)
        addTo(tally, *counts);
    return tally;
}

std::shared_ptr<OpenLimit> Book::open(const std::string &name, const Rule &rule,
                                      const std::string &keyText, bool isShared, qint64 maxKeys)
{
    const QMutexLocker lock(&m_mutex);
    std::erase_if(m_limits, [](const auto &limit) { return limit.expired(); });
    for (const std::weak_ptr<OpenLimit> &known : m_limits) {
        std::shared_ptr<OpenLimit> limit = known.lock();
        if (limit && limit->name() == name && limit->rule() == rule && limit->keyText() == keyText
            && (limit->local() == nullptr) == isShared)
            return limit;
    }
    auto limit = std::make_shared<OpenLimit>(name, rule, keyText, isShared, maxKeys);
    m_limits.push_back(limit);
    return limit;
}

std::vector<std::shared_ptr<OpenLimit>> Book::all() const
{
    const QMutexLocker lock(&m_mutex);
    std::vector<std::shared_ptr<OpenLimit>> limits;
    for (const std::weak_ptr<OpenLimit> &known : m_limits) {
        if (std::shared_ptr<OpenLimit> limit = known.lock())
            limits.push_back(std::move(limit));
    }
    std::ranges::stable_sort(limits, {}, &OpenLimit::name);
    return limits;
}

std::shared_ptr<OpenLimit> Book::find(const std::string &name) const
{
    const QMutexLocker lock(&m_mutex);
    for (auto known = m_limits.rbegin(); known != m_limits.rend(); ++known) {
        std::shared_ptr<OpenLimit> limit = known->lock();
        if (limit && limit->name() == name)
            return limit;
    }
    return nullptr;
}

} // namespace gatehouse::limits
