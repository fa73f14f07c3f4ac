// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/core/task.h"
#include "engine/net/address.h"

#include <functional>
#include <memory>
#include <vector>

class QHostInfo;
class QObject;
class QString;

namespace gatehouse::net {

/// Names to addresses, without blocking the loop. Answers are kept for 30 s, failures for 5 s, at
/// most 1024 of both; callers that ask for one name at the same time share a lookup. Never leaves
/// its thread; works on every Qt event loop.
class Resolver
{
public:
    using Addresses = std::vector<Address>;
    /// Looks a name up and calls back in the thread of the context, never from inside the call, and
    /// not at all once the context has gone. QHostInfo::lookupHost() unless a test brings its own.
    using Backend = std::function<void(const QString &name, QObject *context,
                                       std::function<void(const QHostInfo &)> done)>;

    /// \a clock is not owned; it rules the cache only. The deadline is the event loop's.
    explicit Resolver(const Clock &clock = Clock::system(), Backend backend = {});
    /// Tasks that still wait never finish: destroy them first.
    ~Resolver();
    Q_DISABLE_COPY_MOVE(Resolver)

    /// Never an empty list. Address literals are answered without suspending. UpstreamConnect if
    /// there is no such host, Timeout after 5 s.
    Task<Result<Addresses>> resolve(std::string host, quint16 port);

private:
    struct Data;
    std::unique_ptr<Data> d;
};

} // namespace gatehouse::net
