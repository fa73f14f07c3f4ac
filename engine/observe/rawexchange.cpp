// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/rawexchange.h"

#include "engine/http/identity.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace gatehouse::observe {

namespace {

static_assert(sizeof(RawHead) % 8 == 0 && sizeof(RawStage) % 8 == 0);

constexpr std::size_t longestText = 65535;
constexpr std::size_t longestDetail = 4096;
constexpr std::size_t longestValue = 8192;

qint64 nanoseconds(SteadyTime::duration time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
}

/// What a RawWriter collects on its way. Keeps its memory from exchange to exchange.
struct Scratch
{
    std::string details;
    std::vector<RawStage> stages;
    std::vector<RawChange> changes;
};

Scratch &scratch()
{
    thread_local Scratch kept;
    return kept;
}

char *put(char *to, const void *from, std::size_t bytes)
{
    if (bytes > 0)
        std::memcpy(to, from, bytes);
    return to + bytes;
}

char *put(char *to, std::string_view text)
{
    return put(to, text.data(), text.size());
}

} // namespace

RawWriter::RawWriter(const Exchange &exchange, quint32 revision, quint64 stream, State state)
    : m_exchange(exchange)
{
    m_head.watch = quint8(exchange.watch());
    m_head.stream = stream;
    m_head.bits = exchange.upstream().isReused ? RawHead::Reused : 0;
    if (state == State::Open)
        m_head.bits |= RawHead::Open;
    if (exchange.peer().scheme == "https")
        m_head.bits |= RawHead::Tls;
    m_head.begin = nanoseconds(exchange.startTime().time_since_epoch());
    if (state == State::Finished)
        m_head.duration = nanoseconds(exchange.endTime() - exchange.startTime());
    m_head.received = exchange.bytesReceived();
    m_head.sent = exchange.bytesSent();
    m_head.revision = revision;
    m_head.status = quint16(exchange.status());
    m_head.error = exchange.errorCode() ? quint8(int(*exchange.errorCode()) + 1) : 0;
    m_head.minorVersion = quint8(exchange.request().minorVersion());
    m_head.attempts = quint16(exchange.upstream().attempts);
    m_head.droppedStages = quint16(exchange.trace().dropped());
    collectTexts();
    collectStages();
    collectChanges();
    m_head.bytes = (m_head.bytes + 7) & ~7u;
}

void RawWriter::collectTexts()
{
    const Request &request = m_exchange.request();
    const std::string_view target = m_exchange.request().originalTarget();
    const std::size_t query = target.find('?');
    const Exchange::Heads &heads = m_exchange.heads();
    const bool hasHeads = m_exchange.watch() >= Exchange::Watch::Heads;
    std::string_view path = target.substr(0, query);
    if (const std::size_t scheme = path.find("://");
        scheme != path.npos && !path.starts_with('/')) {
        const std::size_t slash = path.find('/', scheme + 3);
        path = slash == path.npos ? "/" : path.substr(slash);
    }
    m_texts = {request.methodText(),
               request.originalAuthority(),
               path,
               query == target.npos ? std::string_view() : target.substr(query + 1),
               m_exchange.routeId(),
               m_exchange.upstream().service,
               m_exchange.upstream().instance,
               m_exchange.clientAddress(),
               m_exchange.requestId(),
               m_exchange.peer().listener,
               m_exchange.errorText(),
               m_exchange.contentType(),
               request.headers().value(FieldName::GatehouseTag),
               m_exchange.identity() ? m_exchange.identity()->subject : std::string_view(),
               hasHeads ? heads.received : std::string_view(),
               hasHeads ? heads.sent : std::string_view(),
               hasHeads ? heads.got : std::string_view(),
               hasHeads ? heads.answered : std::string_view()};
    m_head.bytes = sizeof(RawHead);
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        m_texts[i] = m_texts[i].substr(0, longestText);
        m_head.lengths[i] = quint32(m_texts[i].size());
        m_head.bytes += quint32(m_texts[i].size());
    }
    m_head.bytes = (m_head.bytes + 7) & ~7u;
}

void RawWriter::collectStages()
{
    Scratch &kept = scratch();
    kept.details.clear();
    kept.stages.clear();
    const SteadyTime begin = m_exchange.startTime();
    for (const Stage &stage : m_exchange.trace().stages()) {
        const std::size_t before = kept.details.size();
        stage.describe(kept.details);
        kept.details.resize(std::min(kept.details.size(), before + longestDetail));
        kept.stages.push_back({nanoseconds(stage.begin - begin), nanoseconds(stage.end - begin),
                               quint16(std::min(stage.name.size(), longestText)),
                               quint16(kept.details.size() - before), quint8(stage.verdict),
                               filter::Family::Plugin, stage.hasWaited, 0});
        m_head.bytes += quint32(sizeof(RawStage) + kept.stages.back().nameLength
                                + kept.stages.back().detailLength);
    }
    if (m_head.bits & RawHead::Open)
        addStageUnderWay();
    m_head.stages = quint16(kept.stages.size());
}

void RawWriter::addStageUnderWay()
{
    if (m_exchange.status() > 0)
        m_underWay = "adapter.send";
    else
        m_underWay = m_exchange.upstream().attempts > 0 ? "upstream.response" : "under way";
    const SteadyTime begin = m_exchange.startTime();
    scratch().stages.push_back(
        {nanoseconds(m_exchange.trace().last() - begin), nanoseconds(Clock::system().now() - begin),
         quint16(m_underWay.size()), 0, quint8(Verdict::Passed), filter::Family::Plugin, true, 0});
    m_head.bytes += quint32(sizeof(RawStage) + m_underWay.size());
}

void RawWriter::collectChanges()
{
    Scratch &kept = scratch();
    kept.changes.clear();
    if (!m_exchange.changes())
        return;
    const auto length = [](std::string_view text) {
        return quint16(std::min(text.size(), longestValue));
    };
    for (const ChangeLog::Entry *each = m_exchange.changes()->first(); each; each = each->next) {
        const RawChange change{length(each->by),
                               length(each->name),
                               length(each->before),
                               length(each->after),
                               quint8(each->kind),
                               each->isOfAnswer,
                               0};
        kept.changes.push_back(change);
        m_head.bytes += quint32(sizeof(RawChange) + change.byLength + change.nameLength
                                + change.beforeLength + change.afterLength);
    }
    m_head.changes = quint16(kept.changes.size());
}

void RawWriter::writeTo(char *to, CapturedBodies *bodies)
{
    const Scratch &kept = scratch();
    m_head.bodies = reinterpret_cast<quintptr>(bodies);
    char *const begin = to;
    to = put(to, &m_head, sizeof(m_head));
    for (const std::string_view text : m_texts)
        to = put(to, text);
    to += -std::size_t(to - begin) & 7;
    to = put(to, kept.stages.data(), kept.stages.size() * sizeof(RawStage));
    to = put(to, kept.changes.data(), kept.changes.size() * sizeof(RawChange));
    std::size_t i = 0;
    for (const Stage &stage : m_exchange.trace().stages())
        to = put(to, stage.name.substr(0, kept.stages[i++].nameLength));
    to = put(to, m_underWay);
    to = put(to, kept.details);
    if (kept.changes.empty())
        return;
    for (const ChangeLog::Entry *each = m_exchange.changes()->first(); each; each = each->next) {
        for (const std::string_view text : {each->by, each->name, each->before, each->after})
            to = put(to, text.substr(0, longestValue));
    }
}

namespace {

/// Takes pieces off the front; says at the end whether all of them were there.
class Reader
{
public:
    explicit Reader(std::span<const char> bytes) : m_bytes(bytes) {}

    std::string_view text(std::size_t size)
    {
        if (size > m_bytes.size()) {
            m_isWhole = false;
            return {};
        }
        const std::string_view text(m_bytes.data(), size);
        m_bytes = m_bytes.subspan(size);
        return text;
    }
    template<typename T>
    T value()
    {
        T value{};
        const std::string_view bytes = text(sizeof(T));
        if (!bytes.empty())
            std::memcpy(static_cast<void *>(&value), bytes.data(), sizeof(T));
        return value;
    }
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }

private:
    std::span<const char> m_bytes;
    bool m_isWhole = true;
};

/// Lengths of the texts that follow, in the memory of the exchange before.
struct Lengths
{
    std::vector<RawStage> stages;
    std::vector<RawChange> changes;
};

Lengths &lengths()
{
    thread_local Lengths kept;
    kept.stages.clear();
    kept.changes.clear();
    return kept;
}

void readStages(Reader &reader, const RawHead &head, std::vector<RawStage> &lengths,
                RawExchange &exchange)
{
    for (int i = 0; i < head.stages && reader.isWhole(); ++i) {
        const auto raw = reader.value<RawStage>();
        lengths.push_back(raw);
        exchange.stages.push_back(
            {{},
             {},
             raw.begin,
             raw.end,
             raw.verdict > quint8(Verdict::Failed) ? Verdict::Failed : Verdict(raw.verdict),
             raw.hasWaited != 0,
             quint8(raw.family) >= filter::familyCount ? filter::Family::Plugin : raw.family});
    }
}

void readChanges(Reader &reader, const std::vector<RawChange> &lengths, RawExchange &exchange)
{
    for (const RawChange &raw : lengths) {
        RawExchange::Change change;
        change.by = reader.text(raw.byLength);
        change.name = reader.text(raw.nameLength);
        change.before = reader.text(raw.beforeLength);
        change.after = reader.text(raw.afterLength);
        change.kind = ChangeLog::Kind(std::min<quint8>(raw.kind, 2));
        change.isOfAnswer = raw.isOfAnswer != 0;
        exchange.changes.push_back(change);
    }
}

} // namespace

std::optional<RawExchange> RawExchange::read(std::span<const char> bytes)
{
    RawExchange exchange;
    if (!exchange.readFrom(bytes))
        return std::nullopt;
    return exchange;
}

bool RawExchange::readFrom(std::span<const char> bytes)
{
    Reader reader(bytes);
    stages.clear();
    changes.clear();
    head = reader.value<RawHead>();
    if (!reader.isWhole() || head.version != RawHead::layout || head.bytes > bytes.size())
        return false;
    for (std::size_t i = 0; i < texts.size(); ++i)
        texts[i] = reader.text(head.lengths[i]);
    (void)reader.text(-(bytes.size() - reader.left()) & 7);
    auto &[ofStages, ofChanges] = lengths();
    readStages(reader, head, ofStages, *this);
    for (int i = 0; i < head.changes && reader.isWhole(); ++i)
        ofChanges.push_back(reader.value<RawChange>());
    for (std::size_t i = 0; i < ofStages.size(); ++i)
        stages[i].name = reader.text(ofStages[i].nameLength);
    for (std::size_t i = 0; i < ofStages.size(); ++i)
        stages[i].detail = reader.text(ofStages[i].detailLength);
    readChanges(reader, ofChanges, *this);
    return reader.isWhole();
}

std::span<RawStage> stagesIn(std::span<char> bytes)
{
    RawHead head;
    if (bytes.size() < sizeof(head))
        return {};
    std::memcpy(static_cast<void *>(&head), bytes.data(), sizeof(head));
    std::size_t place = sizeof(head);
    for (const quint32 length : head.lengths)
        place += length;
    place = (place + 7) & ~std::size_t(7);
    if (place + head.stages * sizeof(RawStage) > bytes.size())
        return {};
    return {reinterpret_cast<RawStage *>(bytes.data() + place), head.stages};
}

} // namespace gatehouse::observe
