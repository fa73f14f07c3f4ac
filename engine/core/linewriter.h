// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>

#include <cstddef>
#include <string_view>

namespace gatehouse {

/// Writes log lines to a descriptor without ever holding its caller up for long: if that is a pipe
/// or a terminal that nobody reads, lines are lost, not requests. Regular files are written as they
/// are. Thread-safe; several writers of one descriptor may mix their lines, not the bytes of a
/// line.
class LineWriter
{
public:
    /// \a fd is not owned.
    explicit LineWriter(int fd);

    /// Bytes that had to be dropped; errno says why (EAGAIN: nobody reads).
    std::size_t write(std::string_view lines);

private:
    [[nodiscard]] bool isReady();
    std::size_t writePieces(std::string_view lines);

    int m_fd;
    bool m_isFile;
    bool m_isStuck = false; ///< the last piece did not go: do not wait again
    QMutex m_mutex;
};

} // namespace gatehouse
