// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/bufferpool.h"
#include "engine/net/stream.h"
#include "engine/upstream/instance.h"

namespace gatehouse::upstream {

class Pool;

/// One connection to an instance: in use by one call, or idle in its Pool. While idle it watches
/// for the instance closing it, and goes when it does, or when its time is over.
class Connection final : private net::Stream::Observer, private net::Timer
{
public:
    Connection(Pool &pool, Instance &instance) : m_pool(pool), m_instance(instance) {}
    ~Connection() override;

    net::Stream &stream() { return m_stream; }
    net::InputBuffer &input() { return m_input; }
    [[nodiscard]] Instance &instance() const { return m_instance; }
    Task<Result<void>> connect(net::Address address, SteadyTime deadline);

    /// Has answered a request before.
    [[nodiscard]] bool isReused() const { return m_isReused; }
    /// Nothing has come from the instance while nobody asked; looks at the socket itself.
    [[nodiscard]] bool isStillQuiet();
    void setIdle(std::chrono::milliseconds timeout);
    void setBusy() { m_isIdle = false; }

private:
    void onReadable() override;
    void onHangup() override;
    void onTimeout() override;
    void leavePool();

    Pool &m_pool;
    Instance &m_instance;
    net::Stream m_stream;
    net::InputBuffer m_input;
    bool m_isIdle = false;
    bool m_isReused = false;
};

} // namespace gatehouse::upstream
