// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/jsonpath.h"
#include "engine/filter/names.h"
#include "engine/filter/predicate.h"

#include <algorithm>
#include <span>

// What a predicate asks of the stages of an exchange, and of its cold data.
namespace gatehouse::filter {

namespace {

constexpr std::string_view prefix = "middleware.";

std::span<const Span> spansOf(const HotRecord &record)
{
    return std::span(record.spans).first(std::min<std::size_t>(record.spanCount, 7));
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return QLatin1String(a.data(), qsizetype(a.size()))
               .compare(QLatin1String(b.data(), qsizetype(b.size())), Qt::CaseInsensitive)
        == 0;
}

/// The length of a span as the field counts it; of `mw` only its own time.
qint64 counted(Field field, const Span &span)
{
    const bool isWaiting = span.bits & Span::Waiting;
    return field == Field::Mw && isWaiting ? 0 : qint64(span.length) * 1000;
}

bool isOfFamily(const QString &family, const Span &span)
{
    if (family == QLatin1String("wait"))
        return span.bits & Span::Waiting;
    return family == familyName(span.family);
}

QByteArrayList headersOf(const Test &test, const ColdSource &cold)
{
    const auto message = (test.field == Field::Header     ? ColdSource::Received
                              : test.field == Field::Resp ? ColdSource::Answered
                              : test.field == Field::Sent ? ColdSource::Sent
                                                          : ColdSource::Got);
    const QString step = test.tail.join(u'.');
    const QByteArray name = (step.startsWith(u'"') ? step.sliced(1) : step).toUtf8();
    const QByteArrayList names = name == "*" ? cold.headerNames(message) : QByteArrayList{name};
    QByteArrayList values;
    for (const QByteArray &one : names) {
        if (std::optional<QByteArray> value = cold.header(message, one))
            values << *value;
    }
    return values;
}

QByteArrayList listOf(const std::optional<QByteArray> &value)
{
    return value && !value->isEmpty() ? QByteArrayList{*value} : QByteArrayList();
}

QByteArrayList coldValues(const Test &test, const ColdSource &cold)
{
    switch (test.field) {
    case Field::Note:
        return listOf(cold.note());
    case Field::Body:
        return listOf(cold.body(ColdSource::Answered));
    case Field::ReqBody:
        return listOf(cold.body(ColdSource::Received));
    case Field::Frame:
        return cold.frames();
    default:
        return headersOf(test, cold);
    }
}

bool isOrdered(Comparison comparison, double difference)
{
    switch (comparison) {
    case Comparison::Greater:
        return difference > 0;
    case Comparison::GreaterEqual:
        return difference >= 0;
    case Comparison::Less:
        return difference < 0;
    case Comparison::LessEqual:
        return difference <= 0;
    default:
        return difference == 0;
    }
}

/// Numbers are compared with numbers, texts in order with texts.
bool fitsTyped(const Item &item, Comparison comparison, const QJsonValue &value)
{
    if (item.type == Item::Type::Value && value.isDouble())
        return isOrdered(comparison, value.toDouble() - item.bounds.front().value);
    if (item.type == Item::Type::Range && value.isDouble()) {
        const double number = value.toDouble();
        const Bound &low = item.bounds[0];
        const Bound &high = item.bounds[1];
        return (low.text.isEmpty() || number >= low.value)
            && (high.text.isEmpty() || number <= high.value);
    }
    const bool isOrder = comparison >= Comparison::Greater && comparison <= Comparison::LessEqual;
    return isOrder && item.type == Item::Type::Text && value.isString()
        && isOrdered(comparison, value.toString().compare(item.text));
}

} // namespace

/// Is \a name one of the stages that `mw.NAME` or `wait.NAME` means?
bool Predicate::isMeant(Worker &worker, StringId name)
{
    return worker.names.of(name, [&] {
        std::string_view stage = text(name);
        const Test &test = worker.leaf->test;
        const bool isMiddleware = stage.starts_with(prefix);
        if (test.tail == QStringList(QStringLiteral("*")))
            return test.field == Field::Wait || isMiddleware;
        const std::string wanted = test.tail.join(u'.').remove(u'"').toStdString();
        return equalsIgnoringCase(stage, wanted)
            || (isMiddleware && equalsIgnoringCase(stage.substr(prefix.size()), wanted));
    });
}

bool Predicate::askSpans(Worker &worker, const HotRecord &record)
{
    const Leaf &leaf = *worker.leaf;
    const Field field = leaf.test.field;
    const bool isAnyName = field != Field::Stage && leaf.test.tail.front() == u'*';
    const std::span<const Span> spans = spansOf(record);
    const auto counts = [&](const Span &span) {
        if (field == Field::Stage)
            return isOfFamily(leaf.test.tail.front(), span);
        return (field == Field::Mw || span.bits & Span::Waiting) && isMeant(worker, span.name);
    };
    bool isPresent = false;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (!counts(spans[i]))
            continue;
        isPresent = true;
        // The sum of what counts together: one name, or all.
        qint64 sum = 0;
        for (const Span &other : spans) {
            const bool isSame = !isAnyName || other.name == spans[i].name;
            sum += isSame && counts(other) ? counted(field, other) : 0;
        }
        if (isWithin(leaf.intervals, sum))
            return true;
        if (!isAnyName)
            break;
    }
    return isPresent ? leaf.wantsPresent : leaf.wantsAbsent;
}

Verdict Predicate::askRan(Worker &worker, const HotRecord &record, const ColdSource *cold)
{
    const Leaf &leaf = *worker.leaf;
    const std::span<const Span> spans = spansOf(record);
    bool isYes = spans.empty() ? leaf.wantsAbsent : leaf.wantsPresent;
    for (const Span &span : spans)
        isYes = isYes || (worker.matcher.hasTexts() && acceptsText(worker, span.name));
    if (isYes || spans.size() < record.spans.size() || !worker.matcher.hasTexts())
        return isYes ? Verdict::Yes : Verdict::No;
    if (!cold)
        return Verdict::Unknown; // more may have run than the record has room for
    const QByteArrayList stages = cold->stages();
    const bool ran = std::ranges::any_of(stages, [&](const QByteArray &stage) {
        return acceptsStage(worker, {stage.constData(), std::size_t(stage.size())});
    });
    return ran ? Verdict::Yes : Verdict::No;
}

bool Predicate::fits(Worker &worker, const QByteArrayList &values)
{
    const Leaf &leaf = *worker.leaf;
    if (values.isEmpty())
        return leaf.wantsAbsent;
    return leaf.wantsPresent || std::ranges::any_of(values, [&](const QByteArray &value) {
               return worker.matcher.matches({value.constData(), std::size_t(value.size())});
           });
}

bool Predicate::askCold(Worker &worker, const ColdSource &cold)
{
    return fits(worker, coldValues(worker.leaf->test, cold));
}

bool Predicate::askJson(Worker &worker, const ColdSource &cold)
{
    const Leaf &leaf = *worker.leaf;
    const Test &test = leaf.test;
    const bool isAnswer = test.field == Field::Json;
    std::optional<QJsonDocument> &document = m_documents[isAnswer];
    if (!document)
        document = QJsonDocument::fromJson(
            cold.body(isAnswer ? ColdSource::Answered : ColdSource::Received)
                .value_or(QByteArray()));
    const std::vector<QJsonValue> values = valuesAt(*document, test.tail);
    QByteArrayList texts;
    for (const QJsonValue &value : values) {
        for (const Item &item : test.items) {
            if (fitsTyped(item, test.comparison, value))
                return true;
        }
        texts << textOf(value);
    }
    const bool isOrder =
        test.comparison >= Comparison::Greater && test.comparison <= Comparison::LessEqual;
    return !isOrder && fits(worker, texts);
}

} // namespace gatehouse::filter
