// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/exchangediff.h"

#include "engine/core/linediff.h"
#include "ui/models/bodykind.h"
#include "ui/models/headerrows.h"
#include "ui/models/units.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace gatehouse::ui {

namespace {

using client::ExchangeDetail;

constexpr int mostLevels = 200; // of a comparison; deeper values are compared whole

QString shortText(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.mid(1, text.size() - 2)).left(200);
}

class JsonDiff
{
public:
    explicit JsonDiff(int most) : m_most(most) {}

    void add(const QString &path, const QJsonValue &before, const QJsonValue &after, int level)
    {
        if (before == after || int(rows.size()) >= m_most)
            return;
        if (level < mostLevels && before.isObject() && after.isObject()) {
            addMembers(path, before.toObject(), after.toObject(), level);
        } else if (level < mostLevels && before.isArray() && after.isArray()) {
            const QJsonArray a = before.toArray();
            const QJsonArray b = after.toArray();
            for (qsizetype i = 0; i < std::max(a.size(), b.size()); ++i)
                add(path + QLatin1Char('/') + QString::number(i), a.at(i), b.at(i), level + 1);
        } else {
            rows.push_back(
                {path.isEmpty() ? QStringLiteral("/") : path, shortText(before), shortText(after)});
        }
    }

    std::vector<DiffRow> rows;

private:
    void addMembers(const QString &path, const QJsonObject &before, const QJsonObject &after,
                    int level)
    {
        QStringList names = before.keys();
        for (const QString &name : after.keys()) {
            if (!before.contains(name))
                names << name;
        }
        for (const QString &name : std::as_const(names)) {
            QString step = name;
            step.replace(QLatin1Char('~'), QStringLiteral("~0"));
            step.replace(QLatin1Char('/'), QStringLiteral("~1"));
            add(path + QLatin1Char('/') + step, before.value(name), after.value(name), level + 1);
        }
    }

    int m_most;
};

std::vector<DiffRow> outcomeOf(const ExchangeDetail &a, const ExchangeDetail &b)
{
    std::vector<DiffRow> rows;
    for (const char *name :
         {"method", "host", "path", "query", "decision", "status", "route", "limit", "key",
          "upstream", "target", "cache", "retries", "error", "revision"}) {
        const QJsonValue before = a.summary[QLatin1String(name)];
        const QJsonValue after = b.summary[QLatin1String(name)];
        if (before != after)
            rows.push_back(
                {QLatin1String(name), before.toVariant().toString(), after.toVariant().toString()});
    }
    return rows;
}

QString micros(qint64 time)
{
    return time < 0 ? QString() : durationQuantity(time * 1000).text();
}

std::vector<DiffRow> timingOf(const ExchangeDetail &a, const ExchangeDetail &b)
{
    std::vector<DiffRow> rows{{QCoreApplication::translate("ExchangeDiff", "whole"),
                               micros(a.durationUs), micros(b.durationUs)}};
    std::vector<QString> order;
    std::map<QString, std::pair<qint64, qint64>> times;
    const auto collect = [&](const ExchangeDetail &detail, bool isAfter) {
        for (const client::Step &step : detail.steps) {
            const auto [it, isNew] = times.try_emplace(step.stage, -1, -1);
            if (isNew)
                order.push_back(step.stage);
            qint64 &sum = isAfter ? it->second.second : it->second.first;
            sum = std::max<qint64>(sum, 0) + (step.end - step.begin);
        }
    };
    collect(a, false);
    collect(b, true);
    for (const QString &stage : order)
        rows.push_back({stage, micros(times[stage].first), micros(times[stage].second)});
    return rows;
}

std::map<QString, QString> headersOf(const ExchangeDetail &detail, Side side)
{
    std::map<QString, QString> out;
    if (const client::Message *const message = shownMessage(detail, side)) {
        for (const client::HeaderLine &line : message->headers) {
            QString &value = out[line.name.toLower()];
            value += value.isEmpty() ? line.value : QStringLiteral(", ") + line.value;
        }
    }
    return out;
}

std::vector<DiffRow> headersDiff(const ExchangeDetail &a, const ExchangeDetail &b, Side side)
{
    std::vector<DiffRow> rows;
    const auto before = headersOf(a, side);
    const auto after = headersOf(b, side);
    for (const auto &[name, value] : before) {
        const auto other = after.find(name);
        if (other == after.end() || other->second != value)
            rows.push_back({name, value, other == after.end() ? QString() : other->second});
    }
    for (const auto &[name, value] : after) {
        if (!before.contains(name))
            rows.push_back({name, {}, value});
    }
    return rows;
}

/// Lines are aligned, so that one that was added does not make all behind it differ. Within a
/// change the first one that went stands beside the first one that came.
void addLines(std::vector<DiffRow> &rows, const QByteArray &before, const QByteArray &after,
              int most)
{
    constexpr qsizetype mostShown = 200;
    const auto linesOf = [](const QByteArray &text) {
        return QString::fromUtf8(text).split(QLatin1Char('\n'));
    };
    std::size_t unpaired = rows.size(); // the next row that waits for what came instead
    for (const DiffLine &line : diffLines(linesOf(before), linesOf(after))) {
        const QString text = line.text.left(mostShown);
        if (line.kind == DiffLine::Kind::Same) {
            unpaired = rows.size();
        } else if (line.kind == DiffLine::Kind::Added && unpaired < rows.size()
                   && rows[unpaired].after.isEmpty()) {
            rows[unpaired++].after = text;
        } else if (int(rows.size()) < most) {
            const bool isAdded = line.kind == DiffLine::Kind::Added;
            rows.push_back({QCoreApplication::translate("ExchangeDiff", "line %1")
                                .arg(isAdded ? line.after : line.before),
                            isAdded ? QString() : text, isAdded ? text : QString()});
            unpaired = isAdded ? rows.size() : unpaired;
        }
    }
}

} // namespace

ExchangeDiff compare(const ExchangeDetail &before, const ExchangeDetail &after)
{
    return {outcomeOf(before, after), timingOf(before, after),
            headersDiff(before, after, Side::Request), headersDiff(before, after, Side::Response)};
}

std::vector<DiffRow> compareJson(const QJsonValue &before, const QJsonValue &after, int most)
{
    JsonDiff diff(most);
    diff.add({}, before, after, 0);
    return diff.rows;
}

std::vector<DiffRow> compareBodies(const QByteArray &before, const QByteArray &after, int most)
{
    if (before == after)
        return {};
    const auto parse = [](const QByteArray &text) {
        const QJsonDocument document = QJsonDocument::fromJson(text);
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    };
    if (!QJsonDocument::fromJson(before).isNull() && !QJsonDocument::fromJson(after).isNull())
        return compareJson(parse(before), parse(after), most);
    std::vector<DiffRow> rows{{QCoreApplication::translate("ExchangeDiff", "size"),
                               sizeQuantity(before.size()).text(),
                               sizeQuantity(after.size()).text()}};
    const bool isText =
        kindOfBytes(before, {}) != BodyKind::Binary && kindOfBytes(after, {}) != BodyKind::Binary;
    if (isText)
        addLines(rows, before, after, most);
    return rows;
}

} // namespace gatehouse::ui
