// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/headerrows.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

using client::Change;
using client::Message;

const Change *changeOf(const client::ExchangeDetail &detail, Message::Kind out, const QString &name,
                       const QString &value)
{
    const Change *byName = nullptr;
    for (const Change &change : detail.changes) {
        if (change.message != out || change.kind == Change::Kind::Removed
            || change.name.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        if (change.after == value)
            return &change;
        byName = &change;
    }
    // Of several lines with one name only the one that the change names is changed.
    return byName && byName->after.isEmpty() ? byName : nullptr;
}

HeaderRow rowOf(const Change &change, HeaderRow::Kind kind, const QString &value)
{
    return {kind, change.name, value, change.before, false, change.by, change.place};
}

Message::Kind outOf(Side side)
{
    return side == Side::Request ? Message::Sent : Message::Answered;
}

} // namespace

const client::Message *shownMessage(const client::ExchangeDetail &detail, Side side)
{
    const Message *const out = detail.message(outOf(side));
    return out ? out : detail.message(side == Side::Request ? Message::Received : Message::Got);
}

std::vector<HeaderRow> headerRows(const client::ExchangeDetail &detail, Side side)
{
    std::vector<HeaderRow> rows;
    const Message *const shown = shownMessage(detail, side);
    if (!shown)
        return rows;
    const Message::Kind out = outOf(side);
    for (const client::HeaderLine &line : shown->headers) {
        HeaderRow row{HeaderRow::Kind::Same, line.name, line.value, {}, line.isMasked, {}, {}};
        if (const Change *const change = changeOf(detail, out, line.name, line.value)) {
            row.kind = change->kind == Change::Kind::Added ? HeaderRow::Kind::Added
                                                           : HeaderRow::Kind::Changed;
            row.before = change->before;
            row.by = change->by;
            row.place = change->place;
        }
        rows.push_back(std::move(row));
    }
    for (const Change &change : detail.changes) {
        if (change.message != out)
            continue;
        if (change.kind == Change::Kind::Removed)
            rows.push_back(rowOf(change, HeaderRow::Kind::Removed, change.before));
        else if (change.name.startsWith(QLatin1Char(':'))) // path, authority, status
            rows.insert(rows.begin(), rowOf(change, HeaderRow::Kind::Changed, change.after));
    }
    return rows;
}

std::vector<std::pair<QString, QString>> cookiesOf(const client::ExchangeDetail &detail, Side side)
{
    std::vector<std::pair<QString, QString>> cookies;
    const Message *const message =
        side == Side::Request ? detail.message(Message::Received) : shownMessage(detail, side);
    if (!message)
        return cookies;
    const QLatin1String name(side == Side::Request ? "cookie" : "set-cookie");
    for (const client::HeaderLine &line : message->headers) {
        if (line.name.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        // A Set-Cookie is one cookie with attributes, a Cookie is several.
        const QStringList parts =
            side == Side::Request ? line.value.split(QLatin1Char(';')) : QStringList{line.value};
        for (const QString &part : parts) {
            const QString text = part.trimmed();
            if (!text.isEmpty())
                cookies.emplace_back(text.section(QLatin1Char('='), 0, 0),
                                     text.section(QLatin1Char('='), 1));
        }
    }
    return cookies;
}

QString markOf(HeaderRow::Kind kind)
{
    static const char16_t *const marks[] = {u"", u"+", u"−", u"~"};
    return QString::fromUtf16(marks[int(kind)]);
}

} // namespace gatehouse::ui
