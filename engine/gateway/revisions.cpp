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

const Revision *Revisions::find(quint64 generation) const
{
    const auto found = std::ranges::find(m_all, generation, &Revision::generation);
    return found == m_all.end() ? nullptr : &*found;
}

} // namespace gatehouse::gateway
