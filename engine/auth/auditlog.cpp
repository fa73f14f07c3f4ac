// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/auditlog.h"

#include "engine/core/log.h"
#include "engine/crypto/digest.h"

#include <QDateTime>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace gatehouse::auth {

Q_LOGGING_CATEGORY(lcAudit, "gatehouse.auth.audit", QtInfoMsg)

Result<std::unique_ptr<AuditLog>> AuditLog::open(const std::string &path, std::string environment)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (fd < 0)
        return fail(ErrorCode::Unavailable,
                    QString("cannot open %1").arg(QString::fromStdString(path)), errno);
    return std::unique_ptr<AuditLog>(new AuditLog(fd, std::move(environment)));
}

AuditLog::AuditLog(int fd, std::string environment)
    : m_fd(fd)
    , m_writer(fd)
    , m_environment(std::move(environment))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { flush(); });
}

AuditLog::~AuditLog()
{
    flush();
    ::close(m_fd);
}

void AuditLog::record(const Exchange &exchange, std::string_view reason, std::string_view token)
{
    const auto member = [this](const char *name, std::string_view value) {
        m_lines.append(m_lines.empty() || m_lines.ends_with('\n') ? "{\"" : ",\"").append(name);
        m_lines.append("\":");
        appendJson(m_lines, value);
    };
    member("time", QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString());
    member("environment", m_environment);
    member("route", exchange.routeId());
    member("client", exchange.clientAddress());
    member("reason", reason);
    member("token_sha256", crypto::hex(crypto::sha256(token)));
    m_lines.append("}\n");
    if (++m_count == batch)
        flush();
    else if (!m_timer.isActive())
        m_timer.start(std::chrono::seconds(1));
}

void AuditLog::flush()
{
    m_timer.stop();
    m_count = 0;
    if (!m_lines.empty() && m_writer.write(m_lines) > 0 && !std::exchange(m_hasLost, true))
        LogLine(lcAudit(), QtCriticalMsg, "audit lines are lost")
            .field("cause", qt_error_string(errno));
    m_lines.clear();
}

} // namespace gatehouse::auth
