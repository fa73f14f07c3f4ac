// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/filter/predicate.h"
#include "engine/filter/tree.h"
#include "tests/filter/randomfilter.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace gatehouse;
using namespace gatehouse::filter;

namespace {

constexpr TimeBase base{1'795'176'100'000'000'000, 3600};

/// The same language, written to be obviously right: no bits, no jumps, no intervals.
class Naive
{
public:
    explicit Naive(const Strings &strings) : m_strings(strings) {}

    [[nodiscard]] bool accepts(const Node &node, const HotRecord &record) const
    {
        const auto holds = [&](const Node &child) { return accepts(child, record); };
        switch (node.type) {
        case Node::Type::True:
            return true;
        case Node::Type::And:
            return std::ranges::all_of(node.children, holds);
        case Node::Type::Or:
            return std::ranges::any_of(node.children, holds);
        case Node::Type::Not:
            return !holds(node.children.front());
        case Node::Type::Test:
            break;
        }
        const Comparison comparison = node.test.comparison;
        const bool isTurned =
            comparison == Comparison::Unequal || comparison == Comparison::MatchesNot;
        return isTurned != some(node.test, record);
    }

private:
    struct Values
    {
        QStringList texts;
        std::vector<double> numbers;
        [[nodiscard]] bool isEmpty() const { return texts.isEmpty() && numbers.empty(); }
    };

    [[nodiscard]] bool some(const Test &test, const HotRecord &record) const
    {
        return std::ranges::any_of(test.items, [&](const Item &item) {
            if (item.type == Item::Type::Flag)
                return hasFlag(record, item.text);
            if (item.type == Item::Type::Name)
                return !valuesOf(item.field, item.tail, record).isEmpty();
            const Field field = test.field;
            const Values values = valuesOf(field, test.tail, record);
            if (item.type == Item::Type::Absent || item.type == Item::Type::Present)
                return values.isEmpty() == (item.type == Item::Type::Absent);
            return std::ranges::any_of(values.texts,
                                       [&](const QString &t) { return fits(test, item, t); })
                || std::ranges::any_of(values.numbers,
                                       [&](double n) { return fits(test, item, n); });
        });
    }

    [[nodiscard]] static bool hasFlag(const HotRecord &record, const QString &word)
    {
        return word == QLatin1String("closed") ? !record.is(Flag::Open)
                                               : record.is(*flagFrom(word));
    }

    [[nodiscard]] static bool fits(const Test &test, const Item &item, const QString &text)
    {
        if (test.comparison >= Comparison::Matches)
            return QRegularExpression(item.text, QRegularExpression::CaseInsensitiveOption)
                .match(text)
                .hasMatch();
        if (test.comparison != Comparison::Is)
            return text == item.text;
        if (item.type == Item::Type::Glob)
            return QRegularExpression(
                       QRegularExpression::wildcardToRegularExpression(
                           item.text, QRegularExpression::UnanchoredWildcardConversion)
                           .replace(QLatin1String("[^/]"), QLatin1String("."))
                           .prepend(QLatin1String("\\A(?:"))
                           .append(QLatin1String(")\\z")),
                       QRegularExpression::CaseInsensitiveOption)
                .match(text)
                .hasMatch();
        return fieldInfo(test.field).kind == Kind::Text
            ? text.contains(item.text, Qt::CaseInsensitive)
            : text.compare(item.text, Qt::CaseInsensitive) == 0;
    }

    [[nodiscard]] static double ofDay(double value)
    {
        const auto ns = qint64(value) + qint64(base.utcOffset) * 1'000'000'000;
        return double(ns % 86'400'000'000'000);
    }

    [[nodiscard]] static bool fits(const Test &test, const Item &item, double number)
    {
        if (item.type == Item::Type::Class)
            return qint64(number) / 100 == item.text[0].digitValue();
        if (fieldInfo(test.field).kind == Kind::Time)
            return fitsTime(test, item, number);
        if (item.type == Item::Type::Range)
            return (item.bounds[0].text.isEmpty() || number >= item.bounds[0].value)
                && (item.bounds[1].text.isEmpty() || number <= item.bounds[1].value);
        const Bound &bound = item.bounds.front();
        switch (test.comparison) {
        case Comparison::Greater:
            return number > bound.value;
        case Comparison::GreaterEqual:
            return number >= bound.value;
        case Comparison::Less:
            return number < bound.value;
        case Comparison::LessEqual:
            return number <= bound.value;
        default:
            break;
        }
        if (bound.step > 0)
            return number >= bound.value - bound.step / 2 && number < bound.value + bound.step / 2;
        return number == bound.value;
    }

    [[nodiscard]] static bool fitsTime(const Test &test, const Item &item, double number)
    {
        const auto at = [number](const Bound &bound) {
            if (bound.isOfDay)
                return qint64(ofDay(number));
            return qint64(number) + (bound.isLocal ? base.utcOffset * 1'000'000'000LL : 0);
        };
        if (item.type == Item::Type::Range) {
            const Bound &low = item.bounds[0];
            const Bound &high = item.bounds[1];
            const bool isAfter = low.text.isEmpty() || at(low) >= low.first;
            const bool isBefore = high.text.isEmpty() || at(high) <= high.last;
            const bool isWrapped = low.isOfDay && high.isOfDay && low.first > high.last;
            return isWrapped ? isAfter || isBefore : isAfter && isBefore;
        }
        const Bound &bound = item.bounds.front();
        switch (test.comparison) {
        case Comparison::Greater:
            return at(bound) > bound.last;
        case Comparison::GreaterEqual:
            return at(bound) >= bound.first;
        case Comparison::Less:
            return at(bound) < bound.first;
        case Comparison::LessEqual:
            return at(bound) <= bound.last;
        default:
            return at(bound) >= bound.first && at(bound) <= bound.last;
        }
    }

    [[nodiscard]] QString text(StringId id) const
    {
        return QString::fromStdString(std::string(m_strings.text(id)));
    }
    [[nodiscard]] Values texts(std::initializer_list<StringId> ids) const
    {
        Values values;
        for (const StringId id : ids) {
            if (id != 0)
                values.texts << text(id);
        }
        return values;
    }
    /// A stage is found with and without "middleware.".
    [[nodiscard]] Values stages(std::initializer_list<StringId> ids) const
    {
        Values values = texts(ids);
        for (const StringId id : ids) {
            if (text(id).startsWith(QLatin1String("middleware.")))
                values.texts << text(id).sliced(11);
        }
        return values;
    }
    [[nodiscard]] static Values word(QLatin1String name)
    {
        return {name.isEmpty() ? QStringList() : QStringList{name}, {}};
    }
    [[nodiscard]] static Values number(double value, bool isThere = true)
    {
        return {{}, isThere ? std::vector<double>{value} : std::vector<double>()};
    }

    [[nodiscard]] Values spans(Field field, const QString &name, const HotRecord &record) const;
    [[nodiscard]] Values valuesOf(Field field, const QStringList &tail,
                                  const HotRecord &record) const;
    [[nodiscard]] Values numbersOf(Field field, const QStringList &tail,
                                   const HotRecord &record) const;

    const Strings &m_strings;
};

Naive::Values Naive::spans(Field field, const QString &tail, const HotRecord &record) const
{
    const QString wanted = QString(tail).remove(u'"');
    std::vector<std::pair<QString, double>> sums;
    for (int i = 0; i < record.spanCount; ++i) {
        const Span &span = record.spans[std::size_t(i)];
        const QString name = text(span.name);
        const bool isWaiting = span.bits & Span::Waiting;
        const bool isNamed = wanted == u'*'
            ? field == Field::Wait || name.startsWith(QLatin1String("middleware."))
            : name == wanted || name == QLatin1String("middleware.") + wanted;
        const bool isOfFamily =
            wanted == QLatin1String("wait") ? isWaiting : wanted == familyName(span.family);
        if (field == Field::Stage ? !isOfFamily : !isNamed || (field == Field::Wait && !isWaiting))
            continue;
        const QString group = field != Field::Stage && wanted == u'*' ? name : wanted;
        auto sum = std::ranges::find(sums, group, &std::pair<QString, double>::first);
        if (sum == sums.end())
            sum = sums.insert(sum, {group, 0.0});
        sum->second += field == Field::Mw && isWaiting ? 0 : span.length * 1000.0;
    }
    Values values;
    for (const auto &[name, sum] : sums)
        values.numbers.push_back(sum);
    return values;
}

Naive::Values Naive::valuesOf(Field field, const QStringList &tail, const HotRecord &r) const
{
    switch (field) {
    case Field::Any:
        return texts({r.method, r.host, r.path, r.query, r.op});
    case Field::Host:
        return texts({r.host});
    case Field::Path:
        return texts({r.path});
    case Field::Query:
        return texts({r.query});
    case Field::Url:
        return {{(r.is(Flag::Tls) ? QStringLiteral("https://") : QStringLiteral("http://"))
                 + text(r.host) + text(r.path) + (r.query != 0 ? u'?' + text(r.query) : QString())},
                {}};
    case Field::Client:
        return texts({r.client});
    case Field::Type:
        return texts({r.type});
    case Field::Op:
        return texts({r.op});
    case Field::Method:
        return texts({r.method});
    case Field::Route:
        return texts({r.route});
    case Field::Upstream:
        return texts({r.upstream});
    case Field::Target:
        return texts({r.target});
    case Field::By:
        return stages({r.by});
    case Field::Tag:
        return texts({r.tag});
    case Field::Limit:
        return texts({r.limit});
    case Field::DeniedBy:
        return r.decision == Decision::Limited ? texts({r.limit}) : Values();
    case Field::Key:
        return texts({r.key});
    default:
        return numbersOf(field, tail, r);
    }
}

Naive::Values Naive::numbersOf(Field field, const QStringList &tail, const HotRecord &r) const
{
    const double age = double(base.now - r.start);
    switch (field) {
    case Field::Proto:
        return word(protocolName(r.protocol));
    case Field::Cache:
        return word(cacheName(r.cache));
    case Field::Decision:
        return word(decisionName(r.decision));
    case Field::Error: {
        const std::string_view name = r.error ? errorName(ErrorCode(r.error - 1)) : "";
        return word(QLatin1String(name.data(), qsizetype(name.size())));
    }
    case Field::Ran: {
        Values values;
        for (int i = 0; i < r.spanCount; ++i)
            values.texts += stages({r.spans[std::size_t(i)].name}).texts;
        return values;
    }
    case Field::Status:
        return number(r.status, r.status != 0);
    case Field::Retries:
        return number(r.retries);
    case Field::Frames:
        return number(r.frames);
    case Field::Rev:
        return number(r.revision);
    case Field::Seq:
        return number(double(r.seq));
    case Field::Left:
        return number(r.left, r.left >= 0);
    case Field::Dur:
        return number(r.is(Flag::Open) ? age : double(r.duration));
    case Field::Ttfb:
        return number(r.ttfb * 1000.0, r.ttfb != 0);
    case Field::Age:
        return number(age);
    case Field::Size:
        return number(double(r.size));
    case Field::ReqSize:
        return number(double(r.requestSize));
    case Field::Time:
        return number(double(r.start));
    default:
        return spans(field, tail.join(u'.'), r);
    }
}

} // namespace

class PredicateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheNaiveReading()
    {
        test::Random random(11);
        const auto strings = std::make_shared<Strings>();
        std::vector<HotRecord> records;
        for (quint64 seq = 1; seq <= 150; ++seq)
            records.push_back(test::randomRecord(random, *strings, seq));
        const Naive naive(*strings);
        int hits = 0;
        for (int i = 0; i < 1500; ++i) {
            const QString text = test::randomFilter(random);
            const Expression expression = *Expression::parse(text);
            Predicate predicate(expression, strings, base);
            for (const HotRecord &record : records) {
                const Verdict verdict = predicate.test(record);
                const bool isWanted = naive.accepts(expression.tree(), record);
                if (verdict == Verdict::Unknown && record.spanCount == 7)
                    continue; // `ran` knows that there may have been more
                if ((verdict == Verdict::Yes) != isWanted)
                    QFAIL(qPrintable(QStringLiteral("%1\n%2\nseq %3: %4")
                                         .arg(text, expression.format())
                                         .arg(record.seq)
                                         .arg(int(verdict))));
                hits += isWanted;
            }
        }
        QVERIFY(hits > 1000);
    }

    void negationsAreExactOnAbsentValues_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isTrue");
        // Of a record without anything.
        const std::pair<const char *, bool> table[] = {
            {"route:x", false},    {"route!=x", true},     {"-route:x", true},
            {"route!~x", true},    {"route~.*", false},    {"status>0", false},
            {"status<0", false},   {"-status>0", true},    {"status!=0", true},
            {"left<9", false},     {"-left<9", true},      {"mw.jwt<1s", false},
            {"-mw.jwt<1s", true},  {"route:none", true},   {"route!=none", false},
            {"route:*", false},    {"route:x,none", true}, {"has:route", false},
            {"-has:route", true},  {"error:none", true},   {"cache!=hit", true},
            {"-has:mw.jwt", true}, {"any:none", true},
        };
        for (const auto &[text, isTrue] : table)
            QTest::newRow(text) << QString::fromUtf8(text) << isTrue;
    }
    void negationsAreExactOnAbsentValues()
    {
        QFETCH(const QString, text);
        Predicate predicate(*Expression::parse(text), std::make_shared<Strings>(), base);
        QTEST(predicate.matches(HotRecord()), "isTrue");
    }

    void textsThatComeLaterAreTestedToo()
    {
        const auto strings = std::make_shared<Strings>();
        Predicate predicate(*Expression::parse(u"path:9"), strings, base);
        int hits = 0;
        for (int i = 0; i < 1000; ++i) {
            HotRecord record;
            record.path = strings->intern("/p/" + std::to_string(i));
            hits += predicate.matches(record);
        }
        QCOMPARE(hits, 271);
    }

    void anIdBeyondThePoolIsNoText()
    {
        HotRecord record;
        record.path = 123'456;
        Predicate predicate(*Expression::parse(u"path:9"), std::make_shared<Strings>(), base);
        QVERIFY(!predicate.matches(record));
    }

    void aRunawayPatternIsFalseAndReported()
    {
        const auto strings = std::make_shared<Strings>();
        HotRecord record;
        record.path = strings->intern(std::string(64, 'a') + "!");
        Predicate predicate(*Expression::parse(u"path~^(a|a|aa)+$"), strings, base);
        QVERIFY(!predicate.problem());
        QVERIFY(!predicate.matches(record));
        QVERIFY(predicate.problem());
        QVERIFY(predicate.problem()->isWarning);
    }

    void whatIsColdIsUnknownUntilItIsThere()
    {
        const auto strings = std::make_shared<Strings>();
        HotRecord record;
        record.status = 200;
        const auto verdict = [&](QStringView text) {
            return Predicate(*Expression::parse(text), strings, base).test(record);
        };
        QCOMPARE(verdict(u"body:x"), Verdict::Unknown);
        QCOMPARE(verdict(u"-body:x"), Verdict::Unknown);
        QCOMPARE(verdict(u"status:200 body:x"), Verdict::Unknown);
        QCOMPARE(verdict(u"status:404 body:x"), Verdict::No);
        QCOMPARE(verdict(u"status:200 or body:x"), Verdict::Yes);
        QCOMPARE(verdict(u"status:404 or -json.$.a>1"), Verdict::Unknown);
    }

    void ageFollowsTheClock()
    {
        HotRecord record;
        record.start = 0;
        record.set(Flag::Open);
        Predicate predicate(*Expression::parse(u"age>5s dur>5s"), std::make_shared<Strings>(),
                            {4'000'000'000, 0});
        QVERIFY(!predicate.matches(record));
        predicate.setTime({6'000'000'000, 0});
        QVERIFY(predicate.matches(record));
    }
};

QTEST_GUILESS_MAIN(PredicateTest)
#include "tst_predicate.moc"
