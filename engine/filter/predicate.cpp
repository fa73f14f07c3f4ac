// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/predicate.h"

#include <QDateTime>

#include <algorithm>

namespace gatehouse::filter {

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 day = 86'400 * second;

/// How the record tells the number of \a field; nullopt: absent.
std::optional<qint64> numberOf(Field field, const HotRecord &record, qint64 now)
{
    const auto unlessZero = [](qint64 value) {
        return value != 0 ? std::optional(value) : std::nullopt;
    };
    switch (field) {
    case Field::Status:
        return unlessZero(record.status);
    case Field::Retries:
        return record.retries;
    case Field::Frames:
        return record.frames;
    case Field::Rev:
        return unlessZero(record.revision);
    case Field::Seq:
        return qint64(record.seq);
    case Field::Left:
        return record.left >= 0 ? std::optional<qint64>(record.left) : std::nullopt;
    case Field::Dur:
        return record.is(Flag::Open) ? std::max<qint64>(now - record.start, 0) : record.duration;
    case Field::Ttfb:
        return unlessZero(qint64(record.ttfb) * 1000);
    case Field::Age:
        return std::max<qint64>(now - record.start, 0);
    case Field::Size:
        return record.size;
    case Field::ReqSize:
        return record.requestSize;
    case Field::Time:
        return record.start;
    default:
        return std::nullopt;
    }
}

/// The texts of a field: one, or five of `any`; 0 is absent.
std::array<StringId, 5> idsOf(Field field, const HotRecord &record)
{
    switch (field) {
    case Field::Any:
        return {record.method, record.host, record.path, record.query, record.op};
    case Field::Host:
        return {record.host};
    case Field::Path:
        return {record.path};
    case Field::Query:
        return {record.query};
    case Field::Client:
        return {record.client};
    case Field::Type:
        return {record.type};
    case Field::Op:
        return {record.op};
    case Field::Method:
        return {record.method};
    case Field::Route:
        return {record.route};
    case Field::Upstream:
        return {record.upstream};
    case Field::Target:
        return {record.target};
    case Field::By:
        return {record.by};
    case Field::Tag:
        return {record.tag};
    case Field::Limit:
        return {record.limit};
    case Field::DeniedBy:
        return {record.decision == Decision::Limited ? record.limit : 0};
    case Field::Key:
        return {record.key};
    default:
        return {};
    }
}

unsigned enumOf(Field field, const HotRecord &record)
{
    switch (field) {
    case Field::Decision:
        return unsigned(record.decision);
    case Field::Proto:
        return unsigned(record.protocol);
    case Field::Cache:
        return unsigned(record.cache);
    default:
        return record.error;
    }
}

quint64 bitsOf(Field field, const HotRecord &record)
{
    if (field == Field::Is)
        return record.is(Flag::Open) ? record.flags : record.flags | quint64(1) << flagCount;
    return quint64(1) << (enumOf(field, record) & 63);
}

Verdict verdict(bool isYes)
{
    return isYes ? Verdict::Yes : Verdict::No;
}

} // namespace

TimeBase TimeBase::system()
{
    const QDateTime now = QDateTime::currentDateTime();
    return {now.toMSecsSinceEpoch() * 1'000'000, now.offsetFromUtc()};
}

Predicate::Worker::Worker(const Leaf &leaf, const FieldInfo &info)
    : leaf(&leaf)
    , matcher(leaf.test, info.kind == Kind::Word)
{
}

Predicate::Predicate(Expression expression, std::shared_ptr<const Strings> strings, TimeBase time)
    : m_expression(std::move(expression))
    , m_program(m_expression)
    , m_strings(std::move(strings))
    , m_time(time)
{
    m_workers.reserve(m_program.leaves().size());
    for (const Leaf &leaf : m_program.leaves())
        m_workers.emplace_back(leaf, fieldInfo(leaf.test.field));
}

Predicate::~Predicate() = default;

std::optional<Problem> Predicate::problem() const
{
    for (const Worker &worker : m_workers) {
        if (!worker.matcher.hasRunAway())
            continue;
        const Test &test = worker.leaf->test;
        return Problem{test.column,
                       test.length,
                       QStringLiteral("the pattern takes too much work for some texts, which count "
                                      "as no match; make it simpler"),
                       {},
                       true};
    }
    return std::nullopt;
}

Verdict Predicate::test(const HotRecord &record, const ColdSource *cold)
{
    m_sawUnknown = false;
    m_documents[0].reset();
    m_documents[1].reset();
    // Every leaf stands for itself or its negation, so what is unknown only ever adds: if even
    // yes everywhere does not help, it is no.
    if (!run(record, cold, true))
        return Verdict::No;
    if (!m_sawUnknown || run(record, cold, false))
        return Verdict::Yes;
    return Verdict::Unknown;
}

bool Predicate::run(const HotRecord &record, const ColdSource *cold, bool unknownAs)
{
    const std::vector<Instruction> &instructions = m_program.instructions();
    quint16 next = m_program.entry();
    while (next < instructions.size()) {
        const Instruction &instruction = instructions[next];
        const Verdict answer = ask(m_workers[instruction.leaf], record, cold);
        bool isYes = (answer == Verdict::Yes) != instruction.isNegated;
        if (answer == Verdict::Unknown) {
            m_sawUnknown = true;
            isYes = unknownAs;
        }
        next = isYes ? instruction.onTrue : instruction.onFalse;
    }
    return next == Instruction::accept;
}

Verdict Predicate::ask(Worker &worker, const HotRecord &record, const ColdSource *cold)
{
    const Leaf &leaf = *worker.leaf;
    switch (leaf.how) {
    case Leaf::How::Ids:
        return verdict(askIds(worker, record));
    case Leaf::How::Mask:
        return verdict(leaf.mask & bitsOf(leaf.test.field, record));
    case Leaf::How::Number:
        return verdict(askNumber(leaf, record));
    case Leaf::How::Spans:
        return verdict(askSpans(worker, record));
    case Leaf::How::Ran:
        return askRan(worker, record, cold);
    case Leaf::How::Url:
        return verdict(askUrl(worker, record));
    case Leaf::How::Cold:
        return cold ? verdict(askCold(worker, *cold)) : Verdict::Unknown;
    case Leaf::How::Json:
        break;
    }
    return cold ? verdict(askJson(worker, *cold)) : Verdict::Unknown;
}

std::string_view Predicate::text(StringId id) const
{
    return id < m_strings->count() ? m_strings->text(id) : std::string_view();
}

bool Predicate::acceptsStage(Worker &worker, std::string_view name)
{
    constexpr std::string_view prefix = "middleware.";
    return worker.matcher.matches(name)
        || (name.starts_with(prefix) && worker.matcher.matches(name.substr(prefix.size())));
}

bool Predicate::acceptsText(Worker &worker, StringId id)
{
    return worker.texts.of(id, [&] {
        const Field field = worker.leaf->test.field;
        if (field == Field::By || field == Field::Ran)
            return acceptsStage(worker, text(id));
        return worker.matcher.matches(text(id));
    });
}

bool Predicate::askIds(Worker &worker, const HotRecord &record)
{
    const Leaf &leaf = *worker.leaf;
    bool isPresent = false;
    for (const StringId id : idsOf(leaf.test.field, record)) {
        if (id == 0)
            continue;
        isPresent = true;
        if (worker.matcher.hasTexts() && acceptsText(worker, id))
            return true;
    }
    return isPresent ? leaf.wantsPresent : leaf.wantsAbsent;
}

bool Predicate::isWithin(const std::vector<Interval> &intervals, qint64 value) const
{
    return std::ranges::any_of(intervals, [&](const Interval &interval) {
        qint64 compared = value;
        if (interval.isLocal)
            compared += m_time.utcOffset * second;
        if (interval.isOfDay)
            compared = (compared % day + day) % day;
        return interval.low <= compared && compared <= interval.high;
    });
}

bool Predicate::askNumber(const Leaf &leaf, const HotRecord &record) const
{
    const std::optional<qint64> value = numberOf(leaf.test.field, record, m_time.now);
    if (!value)
        return leaf.wantsAbsent;
    return leaf.wantsPresent || isWithin(leaf.intervals, *value);
}

bool Predicate::askUrl(Worker &worker, const HotRecord &record)
{
    const std::string_view query = text(record.query);
    m_url = record.is(Flag::Tls) ? "https://" : "http://";
    m_url.append(text(record.host)).append(text(record.path));
    if (!query.empty())
        m_url.append("?").append(query);
    return worker.leaf->wantsPresent || worker.matcher.matches(m_url);
}

} // namespace gatehouse::filter
