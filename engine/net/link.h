// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gatehouse::net::internal {

/// A place in a circular, doubly linked list, embedded in what is listed: no allocation, and an
/// element leaves without knowing which list it is in. The head of a list is a Link as well.
/// The names are long because classes that users derive from inherit them.
class Link
{
public:
    Link() = default;
    ~Link() { removeLink(); }
    Q_DISABLE_COPY_MOVE(Link)

    /// For an element: it is in a list. For a head: its list is not empty.
    [[nodiscard]] bool isLinked() const { return m_nextLink != this; }
    [[nodiscard]] Link &nextLink() { return *m_nextLink; }

    void removeLink()
    {
        m_nextLink->m_previousLink = m_previousLink;
        m_previousLink->m_nextLink = m_nextLink;
        m_nextLink = m_previousLink = this;
    }
    /// Puts \a element, which is in no list, at the end of the list that this is the head of.
    void appendLink(Link &element)
    {
        element.m_nextLink = this;
        element.m_previousLink = m_previousLink;
        m_previousLink->m_nextLink = &element;
        m_previousLink = &element;
    }
    /// Moves the whole list of the head \a other to the end of this one.
    void appendAllLinks(Link &other)
    {
        if (!other.isLinked())
            return;
        m_previousLink->m_nextLink = other.m_nextLink;
        other.m_nextLink->m_previousLink = m_previousLink;
        other.m_previousLink->m_nextLink = this;
        m_previousLink = other.m_previousLink;
        other.m_nextLink = other.m_previousLink = &other;
    }
    void removeAllLinks()
    {
        while (isLinked())
            m_nextLink->removeLink();
    }

private:
    Link *m_nextLink = this;
    Link *m_previousLink = this;
};

} // namespace gatehouse::net::internal
