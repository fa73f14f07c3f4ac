// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/link.h"

namespace gatehouse::net {

/// Work put off to the end of the current callback: what must not happen inside a resumed frame
/// (destroying it, say). Intrusive: deferring costs no allocation. Deferring twice is once.
class Deferred : private internal::Link
{
public:
    Deferred() = default;
    virtual ~Deferred(); ///< takes it off the list
    Deferred(const Deferred &) = delete;
    Deferred &operator=(const Deferred &) = delete;

    [[nodiscard]] bool isDeferred() const { return isLinked(); }

protected:
    /// May defer again, and may destroy this.
    virtual void onDeferred() = 0;

private:
    friend class EventDispatcher;
};

} // namespace gatehouse::net
