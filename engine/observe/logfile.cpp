// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/logfile.h"

#include "engine/core/log.h"
#include "engine/net/eventdispatcher.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace gatehouse::observe {

Q_LOGGING_CATEGORY(lcLogFile, "gatehouse.observe.logfile", QtInfoMsg)

namespace {

constexpr std::size_t flushBytes = 32 << 10;
constexpr std::chrono::milliseconds flushDelay{250};

} // namespace

Result<std::shared_ptr<LogFile>> LogFile::open(const std::string &path)
{
    const int fd = path == "-"
        ? ::dup(STDOUT_FILENO)
        : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (fd < 0)
        return fail(ErrorCode::Unavailable,
                    QString("cannot open %1").arg(QString::fromStdString(path)), errno);
    return std::shared_ptr<LogFile>(new LogFile(fd, path));
}

LogFile::~LogFile()
{
    ::close(m_fd);
}

void LogFile::write(std::string_view lines)
{
    const std::size_t dropped = m_writer.write(lines);
    if (dropped == 0)
        return;
    const int error = errno;
    if (m_dropped.fetch_add(dropped, std::memory_order_relaxed) == 0)
        LogLine(lcLogFile(), QtCriticalMsg, "log lines are lost")
            .field("path", m_path)
            .field("cause", qt_error_string(error));
}

void LogBuffer::commit()
{
    if (m_text.size() >= flushBytes) {
        flush();
        return;
    }
    if (!isArmed()) {
        net::EventDispatcher &dispatcher = net::EventDispatcher::current();
        arm(dispatcher.wheel(), dispatcher.loopTime() + flushDelay);
    }
}

void LogBuffer::flush()
{
    m_file->write(m_text);
    m_text.clear();
}

} // namespace gatehouse::observe
