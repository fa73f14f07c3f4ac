// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/connection.h"

#include "engine/upstream/pool.h"

#include <sys/socket.h>

namespace gatehouse::upstream {

Connection::~Connection() = default;

Task<Result<void>> Connection::connect(net::Address address, SteadyTime deadline)
{
    return m_stream.connect(std::move(address), *this, deadline);
}

bool Connection::isStillQuiet()
{
    if (m_stream.hasPeerClosed() || m_stream.isReadable())
        return false;
    char byte = 0;
    return ::recv(m_stream.fd(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

void Connection::setIdle(std::chrono::milliseconds timeout)
{
    m_isIdle = true;
    m_isReused = true;
    net::EventDispatcher &dispatcher = net::EventDispatcher::current();
    arm(dispatcher.wheel(), dispatcher.loopTime() + timeout);
}

void Connection::leavePool()
{
    if (m_isIdle)
        m_pool.drop(*this); // destroys this: touch nothing after it
}

void Connection::onReadable()
{
    leavePool(); // the end, or bytes nobody asked for: either way of no more use
}

void Connection::onHangup()
{
    leavePool();
}

void Connection::onTimeout()
{
    leavePool();
}

} // namespace gatehouse::upstream
