// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/net/address.h"
#include "engine/net/eventdispatcher.h"

namespace gatehouse::net {

/// Makes a listening socket on \a address: SO_REUSEPORT, so that each worker can have its own on
/// one port, and TCP_NODELAY, which accepted sockets inherit. A unix path left by a dead process is
/// replaced. Unavailable with the address and the cause.
Result<int> listenOn(const Address &address);
/// Unavailable if another process listens on \a address: SO_REUSEPORT alone would let two gateways
/// share a port by mistake, each with half of the requests.
Result<void> checkFree(const Address &address);
/// Removes the file of a unix socket that nobody answers on any more; no other does so.
void removeStaleSocket(const Address &address);
/// Where \a fd really listens: the port for an address with port 0.
Address localAddress(int fd);

/// Accepts connections on the calling thread's loop. Running out of descriptors pauses it, and is
/// logged, instead of spinning.
class Listener final : private FdWatcher, private Timer
{
public:
    class Acceptor
    {
    public:
        virtual ~Acceptor();
        /// \a fd is non-blocking and the callee's.
        virtual void onAccepted(int fd, const Address &peer) = 0;
    };

    /// Takes \a fd over. \a acceptor is not owned and outlives the listener.
    Listener(int fd, Acceptor &acceptor);
    ~Listener() override;

private:
    void onFdEvents(quint32 events) override;
    void onTimeout() override;
    void acceptAll();

    int m_fd;
    Acceptor &m_acceptor;
};

} // namespace gatehouse::net
