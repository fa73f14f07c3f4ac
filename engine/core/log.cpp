// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/log.h"

#include "engine/core/linewriter.h"

#include <QDateTime>
#include <QMap>
#include <QMutex>

#include <string>
#include <unistd.h>

namespace gatehouse {

namespace {

LogFormat currentFormat = LogFormat::Text;

std::string_view levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        return "error";
    }
    return "error";
}

std::string timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
}

/// "upstream.pool" for "gatehouse.upstream.pool".
std::string_view component(std::string_view category)
{
    constexpr std::string_view prefix = "gatehouse.";
    return category.starts_with(prefix) ? category.substr(prefix.size()) : category;
}

std::string head(QtMsgType level, std::string_view category, std::string_view message)
{
    std::string line;
    if (currentFormat == LogFormat::Text) {
        line.append(timestamp()).append(" ").append(levelName(level)).append(" ");
        return line.append(component(category)).append(": ").append(message);
    }
    line.append("{\"ts\":\"").append(timestamp()).append("\",\"level\":\"");
    line.append(levelName(level)).append("\",\"component\":");
    appendJson(line, component(category));
    line.append(",\"msg\":");
    appendJson(line, message);
    return line;
}

void write(std::string line)
{
    line.append(currentFormat == LogFormat::Json ? "}\n" : "\n");
    static LineWriter writer(STDERR_FILENO);
    (void)writer.write(line); // a log that cannot be written must not stop the gateway
}

void handleQtMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::string_view category = context.category ? context.category : "qt";
    write(head(type, category, message.toStdString()));
}

void appendField(std::string &line, std::string_view name)
{
    if (currentFormat == LogFormat::Text) {
        line.append(" ").append(name).append("=");
        return;
    }
    line.append(",");
    appendJson(line, name);
    line.append(":");
}

/// Length of the valid UTF-8 sequence at the start of \a text, 0 if there is none.
std::size_t utf8Length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80 ? 1
        : first >= 0xC2 && first < 0xE0     ? 2
        : first >= 0xE0 && first < 0xF0     ? 3
        : first >= 0xF0 && first < 0xF5     ? 4
                                            : 0;
    if (length == 0 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    }
    const bool isOverlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool isSurrogate = first == 0xED && byte(1) >= 0xA0;
    const bool isTooHigh = first == 0xF4 && byte(1) >= 0x90;
    return isOverlong || isSurrogate || isTooHigh ? 0 : length;
}

/// How many bytes at the start of \a text stand for themselves in a JSON string.
std::size_t plainLength(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size() && text[length] >= 0x20 && text[length] < 0x7F
           && text[length] != '"' && text[length] != '\\')
        ++length;
    return length;
}

} // namespace

void appendJson(std::string &to, std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    to.push_back('"');
    while (!text.empty()) {
        const std::size_t plain = plainLength(text); // mostly all of it
        to.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const auto c = static_cast<unsigned char>(text.front());
        const std::size_t length = utf8Length(text);
        if (c == '"' || c == '\\') {
            to.append({'\\', static_cast<char>(c)});
        } else if (c < 0x20 || c == 0x7F || length == 0) {
            to.append("\\u00").append({hex[c >> 4], hex[c & 15]});
        } else {
            to.append(text.substr(0, length));
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    to.push_back('"');
}

void installLogging(LogFormat format)
{
    currentFormat = format;
    qInstallMessageHandler(handleQtMessage);
}

namespace {

const QStringList levelNames{"debug", "info", "warning", "error"};
QMutex levelsMutex;
QMap<QString, int> levels; // sorted: "" first, so that longer prefixes win

void applyLevels()
{
    QString rules;
    for (auto it = levels.cbegin(); it != levels.cend(); ++it) {
        const QString prefix =
            it.key().isEmpty() ? QString("gatehouse.*") : "gatehouse." + it.key() + '*';
        for (int i = 0; i < 3; ++i)
            rules += prefix + '.' + levelNames[i] + (i >= it.value() ? "=true\n" : "=false\n");
    }
    QLoggingCategory::setFilterRules(rules);
}

} // namespace

Result<void> setLogLevel(const QString &component, const QString &level)
{
    const qsizetype index = levelNames.indexOf(level);
    if (index < 0)
        return fail(ErrorCode::InvalidConfig, "must be one of debug, info, warning, error");
    const QMutexLocker lock(&levelsMutex);
    levels.insert(component, int(index));
    applyLevels();
    return {};
}

QMap<QString, QString> logLevels()
{
    const QMutexLocker lock(&levelsMutex);
    QMap<QString, QString> names;
    for (auto it = levels.cbegin(); it != levels.cend(); ++it)
        names.insert(it.key(), levelNames[it.value()]);
    return names;
}

void resetLogLevels()
{
    const QMutexLocker lock(&levelsMutex);
    levels.clear();
    applyLevels();
}

LogLine::LogLine(const QLoggingCategory &category, QtMsgType level, std::string_view message)
    : m_isOn(category.isEnabled(level))
    , m_level(level)
{
    if (m_isOn)
        m_line = head(level, category.categoryName(), message);
}

LogLine::~LogLine()
{
    if (m_isOn)
        write(std::move(m_line));
}

LogLine &LogLine::field(std::string_view name, std::string_view value)
{
    if (m_isOn) {
        appendField(m_line, name);
        appendJson(m_line, value);
    }
    return *this;
}

LogLine &LogLine::field(std::string_view name, const QString &value)
{
    return m_isOn ? field(name, std::string_view(value.toStdString())) : *this;
}

LogLine &LogLine::field(std::string_view name, qint64 value)
{
    if (m_isOn) {
        appendField(m_line, name);
        m_line.append(std::to_string(value));
    }
    return *this;
}

LogLine &LogLine::error(const Error &error)
{
    if (!m_isOn)
        return *this;
    field("type", errorName(error.code())).field("message", error.text());
    if (!error.cause().isEmpty())
        field("cause", error.cause());
    for (const auto &[name, value] : error.context())
        field(name.toStdString(), value);
    return *this;
}

} // namespace gatehouse
