// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace gatehouse::test {

/// Two connected, non-blocking sockets: the near one is under test, the far one plays the peer.
class SocketPair
{
public:
    SocketPair()
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_fds) != 0)
            qFatal("socketpair: errno %d", errno);
    }
    ~SocketPair()
    {
        closeNear();
        closeFar();
    }
    Q_DISABLE_COPY_MOVE(SocketPair)

    [[nodiscard]] int near() const { return m_fds[0]; }
    [[nodiscard]] int far() const { return m_fds[1]; }
    void writeFar(std::string_view bytes) { write(far(), bytes); }
    void writeNear(std::string_view bytes) { write(near(), bytes); }
    /// One byte, or false if there is none.
    bool readNear()
    {
        char byte;
        return ::read(near(), &byte, 1) == 1;
    }
    void closeNear() { close(m_fds[0]); }
    void closeFar() { close(m_fds[1]); }

private:
    static void write(int fd, std::string_view bytes)
    {
        if (::write(fd, bytes.data(), bytes.size()) != ssize_t(bytes.size()))
            qFatal("write: errno %d", errno);
    }
    static void close(int &fd)
    {
        const int old = std::exchange(fd, -1);
        if (old >= 0)
            ::close(old);
    }

    int m_fds[2] = {-1, -1};
};

} // namespace gatehouse::test
