// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/linewriter.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace gatehouse {

namespace {

/// A reader that is merely slow gets this long to make room.
constexpr int patienceMs = 20;

bool isRegularFile(int fd)
{
    struct stat status{};
    return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

/// All of \a text; what is left if the descriptor fails.
std::string_view writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            break;
        text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return text;
}

} // namespace

LineWriter::LineWriter(int fd) : m_fd(fd), m_isFile(isRegularFile(fd)) {}

std::size_t LineWriter::write(std::string_view lines)
{
    return m_isFile ? writeAll(m_fd, lines).size() : writePieces(lines);
}

bool LineWriter::isReady()
{
    pollfd poll{m_fd, POLLOUT, 0};
    const bool isReady = ::poll(&poll, 1, m_isStuck ? 0 : patienceMs) > 0;
    m_isStuck = !isReady;
    if (!isReady)
        errno = EAGAIN;
    return isReady;
}

/// A pipe that is ready takes PIPE_BUF bytes without blocking (pipe(7)), and whole.
std::size_t LineWriter::writePieces(std::string_view lines)
{
    const QMutexLocker lock(&m_mutex);
    while (!lines.empty()) {
        std::size_t size = std::min<std::size_t>(lines.size(), PIPE_BUF);
        const std::size_t lineEnd = lines.substr(0, size).rfind('\n');
        if (lineEnd != std::string_view::npos)
            size = lineEnd + 1;
        if (!isReady() || !writeAll(m_fd, lines.substr(0, size)).empty())
            return lines.size();
        lines.remove_prefix(size);
    }
    return 0;
}

} // namespace gatehouse
