// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gatehouse::net {

/// Gets the events of one file descriptor, straight from the loop: no signal, no allocation.
class FdWatcher
{
public:
    virtual ~FdWatcher();
    /// \a events are EPOLL* bits. May destroy this watcher, and any other.
    virtual void onFdEvents(quint32 events) = 0;
};

} // namespace gatehouse::net
