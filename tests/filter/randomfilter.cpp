// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/filter/randomfilter.h"

#include "engine/filter/field.h"

#include <QStringList>

namespace gatehouse::test {

namespace {

using namespace filter;

template<std::size_t N>
QString pick(Random &random, const char *const (&words)[N])
{
    return QString::fromUtf8(words[below(random, N)]);
}

constexpr const char *texts[] = {"orders",   "\"orders\"",   "API",        "*local", "/v1/*/4?",
                                 "7",        "GET",          "\"a b\"",    "none",   "*",
                                 "brötchen", "\"none\"",     "jwt",        "x\\y",   "passed",
                                 "10.0.0.1", "\"a\\\"b\"",   "user=42",    "hit",    "per-user",
                                 "http/1.1", "middleware.*", "unavailable"};
constexpr const char *barewords[] = {"orders",   "\"or\"",  "/v1/orders/1", "NOT-it",
                                     "*.local",  "-orders", "!get",         "http://api",
                                     "brötchen", "\"x:y\"", "4*",           "a,b"};
constexpr const char *patterns[] = {"^GET$", "\"a b\"",  "orders|health", "(a|p)i",
                                    "\\d+$", "(?-i)Get", "\"q=\\\"?\"",   "[0-4]$"};
constexpr const char *numbers[] = {"0", "1", "4", "200", "404", "500", "1_000", "3.5", "41", "042"};
constexpr const char *durations[] = {"0",     "1ms",  "20.5ms", "200ms", "1s",
                                     "1.50s", "90us", "5m",     "800NS"};
constexpr const char *sizes[] = {"0", "100", "1kb", "4KiB", "0.5mb", "80b"};
constexpr const char *instants[] = {"12:00", "00:16:40", "2026-11-20", "2026-11-20T12:00:01.5Z",
                                    "2026-11-20T13:00:01+01:00"};
constexpr const char *orders[] = {">", ">=", "<", "<="};
constexpr const char *selectors[] = {":", "=", "!="};
constexpr const char *tails[] = {"jwt", "*", "rate_limit", "\"cache\"", "upstream.response"};
constexpr const char *families[] = {"auth", "wait", "upstream", "Plugin"};

QString quantity(Random &random, Kind kind)
{
    switch (kind) {
    case Kind::Number:
        return pick(random, numbers);
    case Kind::Duration:
        return pick(random, durations);
    case Kind::Size:
        return pick(random, sizes);
    default:
        return pick(random, instants);
    }
}

QString range(Random &random, Kind kind)
{
    const QString low = below(random, 4) == 0 ? QString() : quantity(random, kind);
    QString high = low.isEmpty() || below(random, 4) != 0 ? quantity(random, kind) : QString();
    const bool isMixed = kind == Kind::Time && !low.isEmpty() && !high.isEmpty()
        && (low[2] == u':') != (high[2] == u':');
    return low + QLatin1String("..") + (isMixed ? QString() : high);
}

const FieldInfo &hotField(Random &random)
{
    for (;;) {
        const FieldInfo &info = fields()[below(random, fieldCount)];
        if (!info.isCold)
            return info;
    }
}

QString value(Random &random, const FieldInfo &info)
{
    if (info.kind == Kind::Flag) {
        const QStringList words = flagWords();
        return words[qsizetype(below(random, quint64(words.size())))];
    }
    if (info.kind == Kind::Name) {
        const FieldInfo &named = hotField(random);
        const bool isPlain = named.tail == FieldInfo::Tail::None && named.kind < Kind::Flag;
        return isPlain ? QString(named.name) : QStringLiteral("limit");
    }
    if (!info.isOrdered())
        return pick(random, texts);
    if (below(random, 10) == 0)
        return below(random, 2) ? QStringLiteral("none") : QStringLiteral("*");
    if (info.field == Field::Status && below(random, 3) == 0)
        return QStringLiteral("4xX");
    return below(random, 3) == 0 ? range(random, info.kind) : quantity(random, info.kind);
}

QString test(Random &random)
{
    if (below(random, 4) == 0)
        return pick(random, barewords);
    const FieldInfo &info = hotField(random);
    QString text = info.name;
    if (info.field == Field::Stage)
        text += u'.' + pick(random, families);
    else if (info.tail != FieldInfo::Tail::None)
        text += u'.' + pick(random, tails);
    if (info.isOrdered() && below(random, 2) == 0)
        return text + pick(random, orders) + quantity(random, info.kind);
    if (info.isText() && below(random, 4) == 0)
        return text + (below(random, 2) ? QLatin1String("~") : QLatin1String("!~"))
            + pick(random, patterns);
    text += pick(random, selectors) + value(random, info);
    while (below(random, 4) == 0)
        text += u',' + value(random, info);
    return text;
}

} // namespace

QString randomFilter(Random &random, int depth)
{
    static constexpr const char *conjunctions[] = {" ", "  and ", " && ", " or ", " || ", " OR "};
    static constexpr const char *negations[] = {"-", "!", "not ", "NOT  "};
    if (depth == 0 || below(random, 4) == 0)
        return test(random);
    if (below(random, 4) == 0)
        return pick(random, negations) + u'(' + randomFilter(random, depth - 1) + u')';
    QString text = randomFilter(random, depth - 1);
    for (quint64 more = below(random, 3); more > 0; --more) {
        const QString next = randomFilter(random, depth - 1);
        text += pick(random, conjunctions) + (below(random, 2) ? u'(' + next + u')' : next);
    }
    return text;
}

} // namespace gatehouse::test
