// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/linewriter.h"
#include "engine/http/exchange.h"

#include <QTimer>

#include <memory>
#include <string>

namespace gatehouse::auth {

/// Refused tokens, a line of JSON for each: {time, environment, route, client, reason,
/// token_sha256}. The token itself is not written. Lines are collected and written 50 at a time,
/// after a second, and at the end. Never leaves its worker; several may append to one file.
class AuditLog
{
public:
    static constexpr int batch = 50;

    /// Unavailable with the path and the cause.
    static Result<std::unique_ptr<AuditLog>> open(const std::string &path, std::string environment);
    ~AuditLog(); ///< writes what is left
    Q_DISABLE_COPY_MOVE(AuditLog)

    void record(const Exchange &exchange, std::string_view reason, std::string_view token);
    void flush();

private:
    AuditLog(int fd, std::string environment);

    int m_fd;
    LineWriter m_writer;
    std::string m_environment;
    std::string m_lines;
    int m_count = 0;
    bool m_hasLost = false;
    QTimer m_timer;
};

} // namespace gatehouse::auth
