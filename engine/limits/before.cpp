// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/before.h"

#include <QRandomGenerator>
#include <QString>

#include <algorithm>

namespace gatehouse::limits {

namespace {

std::size_t bytesOf(const KeyBefore &before)
{
    std::size_t sum = 0;
    if (const auto *const redis = std::get_if<RedisBefore>(&before)) {
        for (const RedisBefore::Entry &entry : redis->entries)
            sum += entry.content.size();
    }
    return sum;
}

} // namespace

std::string Befores::keep(const std::string &key, KeyBefore before)
{
    if (bytesOf(before) > mostBytes)
        return {};
    constexpr int hexDigits = 16;
    const quint64 number = QRandomGenerator::system()->generate64();
    std::string token =
        QString::number(number, 16).rightJustified(hexDigits, QLatin1Char('0')).toStdString();
    const QMutexLocker lock(&m_mutex);
    if (m_kept.size() == most)
        m_kept.pop_front();
    m_kept.push_back({token, key, std::make_shared<const KeyBefore>(std::move(before))});
    return token;
}

std::shared_ptr<const KeyBefore> Befores::find(const std::string &token,
                                               const std::string &key) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = std::ranges::find(m_kept, token, &Kept::token);
    return found == m_kept.end() || found->key != key ? nullptr : found->before;
}

void Befores::forget(const std::string &token)
{
    const QMutexLocker lock(&m_mutex);
    std::erase_if(m_kept, [&](const Kept &kept) { return kept.token == token; });
}

} // namespace gatehouse::limits
