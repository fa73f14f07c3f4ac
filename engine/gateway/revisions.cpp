// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/revisions.h"

#include <algorithm>

namespace gatehouse::gateway {

void Revisions::add(Revision revision)
{
    m_all.push_back(std::move(revision));
    if (m_all.size() > most)
        m_all.pop_front();
}

void Revisions::addEarlier(std::vector<Revision> revisions)
{
    m_all.insert(m_all.begin(), std::make_move_iterator(revisions.begin()),
                 std::make_move_iterator(revisions.end()));
    while (m_all.size() > most)
        m_all.pop_front();
}

/// The last one: what a client asks for is of this run.
const Revision *Revisions::find(quint64 generation) const
{
    const auto found =
        std::find_if(m_all.rbegin(), m_all.rend(),
                     [generation](const Revision &each) { return each.generation == generation; });
    return found == m_all.rend() ? nullptr : &*found;
}

const Revision *Revisions::find(quint64 generation, const QDateTime &time) const
{
    const auto found = std::find_if(m_all.rbegin(), m_all.rend(), [&](const Revision &each) {
        return each.generation == generation && each.time <= time;
    });
    return found == m_all.rend() ? find(generation) : &*found;
}

} // namespace gatehouse::gateway
