// SPDX-License-Identifier: GPL-3.0-or-later
// The router against a model that looks at every route, one after the other, on random tables and
// requests. The model shares no code with it.
#include "tests/routing/picture.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace gatehouse;
using test::answerOf;

namespace {

using Random = std::mt19937;

QString pick(Random &random, const QStringList &from)
{
    return from[qsizetype(random() % quint32(from.size()))];
}

struct ModelRoute
{
    QString id;
    QStringList segments = {};
    QStringList hosts = {};
    QStringList methods = {};
    QString header = {}; ///< value wanted of "k", or empty
    int priority = 0;
};

struct ModelRequest
{
    QString method;
    QString host;
    QString header;
    QStringList segments = {};
};

// What segments are made of: few values, so that routes and requests meet often.
const QStringList segmentPatterns{"a",       "b",        "7",   "",     "{x}",
                                  "{x:int}", "{x:slug}", "{y}", "{*r}", "{x:[ab7]}"};
const QStringList segmentTexts{"a", "b", "7", "", "A_", "%61", "a%2Fb"};
const QStringList hostPatterns{"h.local", "*.local", "*.h.local", "other.test"};
const QStringList hostTexts{"h.local", "H.local:80", "x.h.local", "y.local", "other.test", "none"};
const QStringList methodNames{"GET", "PUT", "HEAD", "ODD"};

int segmentRank(const QString &pattern)
{
    if (!pattern.startsWith(u'{'))
        return 0;
    if (pattern.startsWith("{*"))
        return 9;
    return pattern.endsWith(":int}") ? 1
        : pattern.endsWith(":slug}") ? 2
        : pattern.contains(u':')     ? 3
                                     : 8;
}

bool segmentMatches(const QString &pattern, QString text)
{
    text.replace("%61", "a").replace("%2F", "/");
    static const QRegularExpression integer("^-?[0-9]+$");
    static const QRegularExpression slug("^[a-z0-9]+(-[a-z0-9]+)*$");
    static const QRegularExpression ab7("^[ab7]$");
    switch (segmentRank(pattern)) {
    case 0:
        return pattern == text;
    case 1:
        return integer.match(text).hasMatch();
    case 2:
        return slug.match(text).hasMatch();
    case 3:
        return ab7.match(text).hasMatch();
    default:
        return !text.isEmpty();
    }
}

bool pathMatches(const QStringList &pattern, const QStringList &path)
{
    const bool hasTail = pattern.last().startsWith("{*");
    const qsizetype fixed = pattern.size() - (hasTail ? 1 : 0);
    if (hasTail ? path.size() <= fixed : path.size() != fixed)
        return false;
    for (qsizetype i = 0; i < fixed; ++i) {
        if (!segmentMatches(pattern[i], path[i]))
            return false;
    }
    return true;
}

/// Higher is more specific; -1 does not match.
int hostRank(const ModelRoute &route, const QString &authority)
{
    const QString host = authority.section(u':', 0, 0).toLower();
    int best = route.hosts.isEmpty() ? 0 : -1;
    for (const QString &pattern : route.hosts) {
        if (pattern == host)
            best = std::max(best, 1'000);
        else if (pattern.startsWith(u'*') && host.endsWith(pattern.mid(1)))
            best = std::max(best, int(pattern.size()));
    }
    return best;
}

/// What is compared between two routes that match, the first difference decides.
std::vector<int> rankOf(const ModelRoute &route, const ModelRequest &request)
{
    std::vector<int> rank;
    for (qsizetype i = 0; i < 8; ++i)
        rank.push_back(i < route.segments.size() ? segmentRank(route.segments[i]) : -1);
    rank.push_back(-hostRank(route, request.host));
    rank.push_back(route.header.isEmpty() ? 1 : 0);
    rank.push_back(route.methods.isEmpty() ? 1 : 0);
    rank.push_back(-route.priority);
    return rank;
}

bool acceptsMethod(const ModelRoute &route, const QString &method)
{
    return route.methods.isEmpty() || route.methods.contains(method);
}

/// The id of the winner, or "405", or "404" (which stands for 400 as well).
QString modelAnswer(const std::vector<ModelRoute> &routes, const ModelRequest &request)
{
    std::vector<const ModelRoute *> matching;
    for (const ModelRoute &route : routes) {
        if (pathMatches(route.segments, request.segments) && hostRank(route, request.host) >= 0
            && (route.header.isEmpty() || route.header == request.header))
            matching.push_back(&route);
    }
    const auto isBetter = [&](const ModelRoute *a, const ModelRoute *b) {
        return rankOf(*a, request) < rankOf(*b, request);
    };
    std::ranges::stable_sort(matching, isBetter);
    const auto shapeOf = [](const ModelRoute &route) {
        QStringList shape;
        for (const QString &segment : route.segments)
            shape +=
                segmentRank(segment) == 0 ? segment : QString::number(segmentRank(segment)) + "?";
        return shape;
    };
    const QString asked = request.method == "HEAD" ? "GET" : request.method;
    for (const ModelRoute *route : matching) {
        // A path that names HEAD in some route takes HEAD there first.
        for (const ModelRoute *other : matching) {
            if (request.method == "HEAD" && other->methods.contains("HEAD")
                && shapeOf(*other) == shapeOf(*route))
                return other->id;
        }
        if (acceptsMethod(*route, asked))
            return route->id;
    }
    return matching.empty() ? "404" : "405";
}

ModelRoute randomRoute(Random &random, int number)
{
    ModelRoute route{.id = QString("r%1").arg(number)};
    const int length = 1 + int(random() % 4);
    for (int i = 0; i < length; ++i) {
        const QString segment = pick(random, segmentPatterns);
        const bool isTail = segment.startsWith("{*");
        if (isTail && i + 1 < length)
            continue;
        // A name may occur once; which one it is does not matter here.
        route.segments += isTail ? segment
                                 : QString(segment)
                                       .replace("{x", QString("{p%1").arg(i))
                                       .replace("{y", QString("{q%1").arg(i));
    }
    if (route.segments.isEmpty())
        route.segments += "a";
    for (quint32 i = random() % 3; i > 0; --i)
        route.hosts += pick(random, hostPatterns);
    for (quint32 i = random() % 3; i > 0; --i)
        route.methods += pick(random, methodNames);
    if (random() % 4 == 0)
        route.header = pick(random, {"1", "2"});
    route.priority = int(random() % 3);
    return route;
}

config::RouteConfig configOf(const ModelRoute &route)
{
    config::RouteConfig config;
    config.id = route.id.toStdString();
    config.path = "/" + route.segments.join(u'/').toStdString();
    for (const QString &host : route.hosts)
        config.hosts.push_back(host.toStdString());
    for (const QString &method : route.methods)
        config.methods.push_back(method.toStdString());
    if (!route.header.isEmpty())
        config.headers.push_back({.name = "k", .value = route.header.toStdString(), .mark = {}});
    config.priority = route.priority;
    return config;
}

class RouterModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheModel()
    {
        Random random(7);
        int found = 0;
        for (int round = 0; round < 400; ++round) {
            std::vector<ModelRoute> model;
            std::vector<config::RouteConfig> configs;
            const int wanted = 1 + int(random() % 30);
            for (int i = 0; i < wanted; ++i) {
                // Ties are errors, and their outcome is nobody's business: leave them out.
                const ModelRoute route = randomRoute(random, i);
                configs.push_back(configOf(route));
                config::Findings findings;
                (void)routing::Router::compile(configs, findings);
                const bool isTied =
                    std::ranges::any_of(findings, [](const config::Finding &finding) {
                        return finding.severity == config::Severity::Error;
                    });
                if (isTied)
                    configs.pop_back();
                else
                    model.push_back(route);
            }
            config::Findings findings;
            const auto router = routing::Router::compile(configs, findings);
            for (int i = 0; i < 100; ++i) {
                ModelRequest request{.method = pick(random, methodNames),
                                     .host = pick(random, hostTexts),
                                     .header = pick(random, {"", "1", "2"})};
                for (quint32 n = 1 + random() % 4; n > 0; --n)
                    request.segments += pick(random, segmentTexts);
                QString line =
                    request.method + " " + request.host + "/" + request.segments.join(u'/');
                if (!request.header.isEmpty())
                    line += " k=" + request.header;
                QString answer = answerOf(router, configs, line).section(u' ', 0, 0);
                if (answer == "400")
                    answer = "404";
                const QString expected = modelAnswer(model, request);
                found += answer.startsWith(u'r');
                if (answer != expected) {
                    for (const config::RouteConfig &config : configs)
                        qWarning("%s %s", config.id.c_str(), config.path.c_str());
                    QFAIL(qPrintable(line + ": " + answer + ", expected " + expected));
                }
            }
        }
        QVERIFY2(found > 5'000, qPrintable(QString::number(found)));
    }
};

} // namespace

QTEST_APPLESS_MAIN(RouterModelTest)
#include "tst_routermodel.moc"
