// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/coldexchange.h"

#include "engine/http/fieldname.h"
#include "engine/http/headers.h"
#include "engine/observe/streamframes.h"

namespace gatehouse::observe {

namespace {

constexpr RawHead::Text headTexts[] = {RawHead::ReceivedHead, RawHead::SentHead, RawHead::GotHead,
                                       RawHead::AnsweredHead};

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

} // namespace

std::string_view startLineOf(std::string_view head)
{
    return head.substr(0, head.find_first_of("\r\n"));
}

std::vector<HeadLine> linesOf(std::string_view head)
{
    std::vector<HeadLine> lines;
    std::size_t begin = head.find('\n');
    while (begin != head.npos && ++begin < head.size()) {
        const std::size_t end = std::min(head.find('\n', begin), head.size());
        std::string_view line = head.substr(begin, end - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (const std::size_t colon = line.find(':'); colon != line.npos && colon > 0)
            lines.push_back({line.substr(0, colon), trimmed(line.substr(colon + 1))});
        begin = end;
    }
    return lines;
}

ColdExchange::ColdExchange(const RawExchange &raw, QString note, Body body)
    : m_raw(raw)
    , m_note(std::move(note))
    , m_body(std::move(body))
{
}

std::optional<QByteArray> ColdExchange::header(Message message, const QByteArray &name) const
{
    std::optional<QByteArray> value;
    for (const HeadLine &line : linesOf(m_raw.text(headTexts[message]))) {
        if (!equalsIgnoringCase(line.name, {name.constData(), std::size_t(name.size())}))
            continue;
        value = value ? *value + ", " + bytesOf(line.value) : bytesOf(line.value);
    }
    return value;
}

QByteArrayList ColdExchange::headerNames(Message message) const
{
    QByteArrayList names;
    for (const HeadLine &line : linesOf(m_raw.text(headTexts[message])))
        names << bytesOf(line.name);
    return names;
}

std::optional<QByteArray> ColdExchange::body(Message message) const
{
    const Side side = message == Received || message == Sent ? Side::Request : Side::Response;
    if (m_raw.head.keptBodies[std::size_t(side)] == 0)
        return std::nullopt;
    return m_body(side);
}

QByteArrayList ColdExchange::frames() const
{
    const StreamKind kind = streamKindOf(m_raw.text(RawHead::ContentType));
    if (kind == StreamKind::None)
        return {};
    const QByteArray bytes = m_body(Side::Response);
    FrameReader reader(kind, {bytes.constData(), std::size_t(bytes.size())}, {});
    QByteArrayList frames;
    for (StreamFrame frame; reader.next(frame);)
        frames << bytesOf(frame.data);
    return frames;
}

QByteArrayList ColdExchange::stages() const
{
    QByteArrayList names;
    for (const RawExchange::Stage &stage : m_raw.stages)
        names << bytesOf(stage.name);
    return names;
}

} // namespace gatehouse::observe
