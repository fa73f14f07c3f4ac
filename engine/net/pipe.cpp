// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <vector>

namespace gatehouse::net {

namespace {

constexpr std::size_t keptPipes = 16;

struct Ends
{
    int read;
    int write;
};

struct Pool
{
    std::vector<Ends> free;
    ~Pool()
    {
        for (const Ends &ends : free) {
            ::close(ends.read);
            ::close(ends.write);
        }
    }
};

thread_local Pool pool;

} // namespace

Pipe::Pipe()
{
    if (!pool.free.empty()) {
        m_readEnd = pool.free.back().read;
        m_writeEnd = pool.free.back().write;
        pool.free.pop_back();
        return;
    }
    int ends[2];
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
        return;
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
    (void)::fcntl(m_writeEnd, F_SETPIPE_SZ, int(bytes)); // a smaller pipe works, too
}

Pipe::~Pipe()
{
    if (!isOpen())
        return;
    if (held == 0 && pool.free.size() < keptPipes) {
        pool.free.push_back({m_readEnd, m_writeEnd});
        return;
    }
    ::close(m_readEnd);
    ::close(m_writeEnd);
}

} // namespace gatehouse::net
