// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/headjson.h"

#include "engine/admin/recordjson.h"
#include "engine/gateway/explanationjson.h"
#include "engine/http/fieldname.h"
#include "engine/observe/coldexchange.h"
#include "engine/observe/redact.h"

#include <algorithm>
#include <map>

namespace gatehouse::admin {

namespace {

using observe::HeadLine;
using observe::RawExchange;
using observe::RawHead;
using observe::Side;

QString shown(std::string_view name, std::string_view value, bool isRevealed)
{
    return isRevealed ? textOf(value) : QString::fromStdString(observe::redactedField(name, value));
}

/// "GET /a?token=*** HTTP/1.1".
QString shownStartLine(std::string_view line, bool isRevealed)
{
    const std::size_t question = line.find('?');
    const std::size_t end = line.rfind(' ');
    if (isRevealed || question == line.npos || end == line.npos || end < question)
        return textOf(line);
    std::string text(line.substr(0, question + 1));
    observe::appendRedactedQuery(text, line.substr(question + 1, end - question - 1));
    text.append(line.substr(end));
    return QString::fromStdString(text);
}

QString valueOf(const std::vector<HeadLine> &lines, std::string_view name)
{
    const auto found = std::ranges::find_if(
        lines, [name](const HeadLine &line) { return equalsIgnoringCase(line.name, name); });
    return found == lines.end() ? QString() : textOf(found->value);
}

QJsonObject messageJson(std::string_view head, qint64 size, quint32 kept, bool isRevealed)
{
    const std::vector<HeadLine> lines = observe::linesOf(head);
    QJsonArray headers;
    for (const HeadLine &line : lines) {
        const QString value = shown(line.name, line.value, isRevealed);
        QJsonObject json{{"name", textOf(line.name)}, {"value", value}};
        if (value != textOf(line.value))
            json.insert("masked", true);
        headers.append(json);
    }
    return {{"kept", true},
            {"start_line", shownStartLine(observe::startLineOf(head), isRevealed)},
            {"headers", headers},
            {"body_size", size},
            {"body_kept", qint64(kept)},
            {"content_type", valueOf(lines, "content-type")},
            {"content_encoding", valueOf(lines, "content-encoding")}};
}

/// Each name once, with all its values.
using Fields = std::map<QString, QString>;

Fields fieldsOf(std::string_view head)
{
    Fields fields;
    for (const HeadLine &line : observe::linesOf(head)) {
        const auto [place, isNew] =
            fields.try_emplace(textOf(line.name).toLower(), textOf(line.value));
        if (!isNew)
            place->second += ", " + textOf(line.value);
    }
    return fields;
}

class Changes
{
public:
    Changes(const RawExchange &raw, const Places &places, bool isRevealed)
        : m_raw(raw)
        , m_places(places)
        , m_isRevealed(isRevealed)
    {
    }

    QJsonArray all()
    {
        for (const RawExchange::Change &change : m_raw.changes) {
            const QString kind = change.kind == ChangeLog::Kind::Added ? "added"
                : change.kind == ChangeLog::Kind::Removed              ? "removed"
                                                                       : "changed";
            add(change.isOfAnswer, kind, textOf(change.name), change.before, change.after,
                change.by);
        }
        addOwn(false, RawHead::ReceivedHead, RawHead::SentHead);
        addOwn(true, RawHead::GotHead, RawHead::AnsweredHead);
        return m_list;
    }

private:
    void add(bool isOfAnswer, const QString &kind, const QString &name, std::string_view before,
             std::string_view after, std::string_view by)
    {
        const std::string plain = name.toStdString();
        QJsonObject json{{"message", isOfAnswer ? "answered" : "sent"},
                         {"kind", kind},
                         {"name", name},
                         {"before", shown(plain, before, m_isRevealed)},
                         {"after", shown(plain, after, m_isRevealed)},
                         {"by", by.empty() ? QString("gateway") : textOf(by)}};
        if (const config::Mark mark = m_places.of(by); mark.line > 0)
            json.insert("place", gateway::toJson(mark));
        m_list.append(json);
    }

    /// Whether a middleware is the author of what \a name has become; \a after is null if it went.
    [[nodiscard]] bool isExplained(bool isOfAnswer, const QString &name, const QString *after) const
    {
        for (auto change = m_raw.changes.rbegin(); change != m_raw.changes.rend(); ++change) {
            const bool isHost = name == "host" && change->name == ":authority"; // one and the same
            if (change->isOfAnswer != isOfAnswer
                || (!isHost && textOf(change->name).compare(name, Qt::CaseInsensitive) != 0))
                continue;
            return after
                ? change->kind != ChangeLog::Kind::Removed && textOf(change->after) == *after
                : change->kind == ChangeLog::Kind::Removed;
        }
        return false;
    }

    void addOwn(bool isOfAnswer, RawHead::Text from, RawHead::Text to)
    {
        if (m_raw.text(from).empty() || m_raw.text(to).empty())
            return; // nobody passed it on
        const Fields before = fieldsOf(m_raw.text(from));
        const Fields after = fieldsOf(m_raw.text(to));
        for (const auto &[name, value] : before) {
            const auto now = after.find(name);
            const bool isGone = now == after.end();
            if ((!isGone && now->second == value)
                || isExplained(isOfAnswer, name, isGone ? nullptr : &now->second))
                continue;
            add(isOfAnswer, isGone ? "removed" : "changed", name, value.toStdString(),
                isGone ? std::string() : now->second.toStdString(), {});
        }
        for (const auto &[name, value] : after) {
            if (!before.contains(name) && !isExplained(isOfAnswer, name, &value))
                add(isOfAnswer, "added", name, {}, value.toStdString(), {});
        }
    }

    const RawExchange &m_raw;
    const Places &m_places;
    bool m_isRevealed;
    QJsonArray m_list;
};

} // namespace

QJsonObject messagesJson(const RawExchange &raw, bool isRevealed)
{
    struct Part
    {
        const char *name;
        RawHead::Text head;
        Side side;
    };
    constexpr Part parts[] = {{"received", RawHead::ReceivedHead, Side::Request},
                              {"sent", RawHead::SentHead, Side::Request},
                              {"got", RawHead::GotHead, Side::Response},
                              {"answered", RawHead::AnsweredHead, Side::Response}};
    QJsonObject messages;
    for (const Part &part : parts) {
        if (raw.text(part.head).empty())
            continue;
        const bool isRequest = part.side == Side::Request;
        messages.insert(QLatin1String(part.name),
                        messageJson(raw.text(part.head),
                                    isRequest ? raw.head.received : raw.head.sent,
                                    raw.head.keptBodies[std::size_t(part.side)], isRevealed));
    }
    return messages;
}

QJsonArray changesJson(const RawExchange &raw, const Places &places, bool isRevealed)
{
    return Changes(raw, places, isRevealed).all();
}

} // namespace gatehouse::admin
