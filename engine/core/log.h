// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QLoggingCategory>
#include <QMap>

#include <string_view>

namespace gatehouse {

/// How log lines look: one JSON object per line, or text for people.
enum class LogFormat { Json, Text };

/// Sends everything that goes through Qt's logging, and LogLine, to standard error, one write(2)
/// per line. Call once, before threads start.
void installLogging(LogFormat format);

/// Sets the least level that is written, per component prefix: {"upstream": "debug"}. The empty
/// component is the default. Levels: debug, info, warning, error. Thread-safe.
Result<void> setLogLevel(const QString &component, const QString &level);

/// What was set, by component prefix. Thread-safe.
[[nodiscard]] QMap<QString, QString> logLevels();

/// Forgets every level that was set. Thread-safe.
void resetLogLevels();

/// One structured line, written when it goes out of scope:
/// `LogLine(lcProxy(), QtWarningMsg, "retrying").field("instance", address);`
/// Costs one comparison where its level is off. Values are escaped, never interpreted.
class LogLine
{
public:
    LogLine(const QLoggingCategory &category, QtMsgType level, std::string_view message);
    ~LogLine();
    Q_DISABLE_COPY_MOVE(LogLine)

    LogLine &field(std::string_view name, std::string_view value);
    LogLine &field(std::string_view name, const QString &value);
    LogLine &field(std::string_view name, const char *value)
    {
        return field(name, std::string_view(value));
    }
    LogLine &field(std::string_view name, qint64 value);
    /// Code, message, cause and context of \a error (S002-106).
    LogLine &error(const Error &error);

private:
    bool m_isOn;
    QtMsgType m_level;
    std::string m_line;
};

/// Appends \a text as a quoted JSON string; invalid UTF-8 and controls are escaped.
void appendJson(std::string &to, std::string_view text);

} // namespace gatehouse
