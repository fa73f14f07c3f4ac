// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/recordline.h"

#include "engine/admin/recordjson.h"
#include "engine/filter/names.h"
#include "engine/observe/redact.h"

#include <QDateTime>
#include <QJsonDocument>

namespace gatehouse::app {

namespace {

/// What clients send must not steer the terminal.
QString printable(std::string_view text)
{
    QString shown = admin::textOf(text);
    for (QChar &c : shown) {
        if (!c.isPrint())
            c = '?';
    }
    return shown;
}

} // namespace

std::string lineOf(const filter::HotRecord &record, const filter::Strings &strings)
{
    const auto text = [&strings](filter::StringId id) { return printable(strings.text(id)); };
    QString target = text(record.path);
    if (record.query) {
        std::string query;
        observe::appendRedactedQuery(query, strings.text(record.query));
        target += '?' + printable(query);
    }
    const QString time =
        QDateTime::fromMSecsSinceEpoch(record.start / 1'000'000).toString("HH:mm:ss.zzz");
    return QString("%1  %2  %3 %4  %5  %6  %7 ms")
        .arg(time)
        .arg(record.status, 3)
        .arg(text(record.method), -6)
        .arg(target, -40)
        .arg(QString(filter::decisionName(record.decision)), -9)
        .arg(record.route ? text(record.route) : QString("no route"), -16)
        .arg(double(record.duration) / 1e6, 0, 'f', 2)
        .toStdString();
}

std::string jsonOf(const filter::HotRecord &record, const filter::Strings &strings)
{
    return QJsonDocument(admin::toJson(record, strings))
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

} // namespace gatehouse::app
