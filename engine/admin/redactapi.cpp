// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/redactapi.h"

#include "engine/observe/redact.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

constexpr qsizetype mostText = 1024 * 1024;

/// "GET /orders?token=x HTTP/1.1"; an answer has no query in its first line.
QString redactedStart(const QString &line)
{
    const qsizetype mark = line.indexOf('?');
    if (mark < 0)
        return line;
    const qsizetype end = line.indexOf(' ', mark);
    const QString query = line.mid(mark + 1, end < 0 ? -1 : end - mark - 1);
    std::string safe;
    observe::appendRedactedQuery(safe, query.toStdString());
    return line.left(mark + 1) + QString::fromStdString(safe)
        + (end < 0 ? QString() : line.mid(end));
}

QString redactedLine(const QString &line, bool isFirst, QString &contentType)
{
    const qsizetype colon = line.indexOf(':');
    const qsizetype blank = line.indexOf(' ');
    if (isFirst && (colon < 0 || (blank >= 0 && blank < colon)))
        return redactedStart(line);
    if (colon < 0)
        return line;
    const QString name = line.left(colon).trimmed();
    const QString value = line.mid(colon + 1).trimmed();
    if (name.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0)
        contentType = value;
    const QString safe =
        QString::fromStdString(observe::redactedField(name.toStdString(), value.toStdString()));
    return safe == value ? line : name + ": " + safe;
}

} // namespace

Answer showRedacted(const QJsonObject &body)
{
    const QString text = body["text"].toString();
    if (text.size() > mostText)
        return Answer::from(
            Error(ErrorCode::PayloadTooLarge, "at most 1 MiB of text is masked").at("text"));
    const QStringList lines = QString(text).remove('\r').split('\n');
    QStringList safe;
    QJsonArray masked;
    QString contentType;
    qsizetype i = 0;
    for (; i < lines.size() && !lines[i].isEmpty(); ++i) {
        safe << redactedLine(lines[i], i == 0, contentType);
        if (safe.last() != lines[i])
            masked.append(i + 1);
    }
    if (i < lines.size())
        safe << QString(); // the empty line
    if (i + 1 < lines.size()) {
        const QByteArray content = lines.mid(i + 1).join('\n').toUtf8();
        const QByteArray shown = observe::redactedBody(contentType.toStdString(), content);
        safe << QString::fromUtf8(shown);
        if (shown != content)
            masked.append(i + 2);
    }
    return {200, {{"text", safe.join('\n')}, {"masked", masked}}};
}

} // namespace gatehouse::admin
