// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/linewriter.h"
#include "engine/core/result.h"
#include "engine/net/timer.h"

#include <atomic>
#include <memory>
#include <string>

namespace gatehouse::observe {

/// A file (or standard output, "-") that lines are appended to, by many threads. Thread-safe.
class LogFile
{
public:
    /// Unavailable with the path and the cause.
    static Result<std::shared_ptr<LogFile>> open(const std::string &path);
    ~LogFile();
    Q_DISABLE_COPY_MOVE(LogFile)

    /// What cannot be written (disk full, a pipe that nobody reads) is counted, said once, and
    /// dropped: a log never stops the gateway.
    void write(std::string_view lines);
    [[nodiscard]] quint64 droppedBytes() const { return m_dropped.load(std::memory_order_relaxed); }

private:
    LogFile(int fd, std::string path) : m_fd(fd), m_path(std::move(path)), m_writer(fd) {}

    int m_fd;
    std::string m_path;
    LineWriter m_writer;
    std::atomic<quint64> m_dropped = 0;
};

/// One worker's buffer in front of a LogFile: flushed when it is full and after a quarter of a
/// second. Never leaves its thread.
class LogBuffer final : private net::Timer
{
public:
    explicit LogBuffer(std::shared_ptr<LogFile> file) : m_file(std::move(file)) {}
    ~LogBuffer() override { flush(); }

    /// Where to append the next line, which must end in a newline; commit() afterwards.
    std::string &line() { return m_text; }
    void commit();
    void flush();

private:
    void onTimeout() override { flush(); }

    std::shared_ptr<LogFile> m_file;
    std::string m_text;
};

} // namespace gatehouse::observe
