// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/router.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::test {

/// Routes as a picture, one per line: an id, then in any order methods, host, path, conditions and
/// priority. `users GET,PUT api.local /users/{id:int} h:x-api=2 q:page=* p:10`
inline std::vector<config::RouteConfig> routesOf(const QString &picture)
{
    std::vector<config::RouteConfig> routes;
    const QStringList lines = picture.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QStringList words = line.simplified().split(u' ', Qt::SkipEmptyParts);
        if (words.isEmpty())
            continue;
        config::RouteConfig &route = routes.emplace_back();
        route.id = words[0].toStdString();
        route.keyPath = "routes[" + std::to_string(routes.size() - 1) + "]";
        route.pathMark.line = int(routes.size());
        for (const QString &word : words.mid(1)) {
            const config::ConditionConfig condition{
                .name = word.section(u'=', 0, 0).mid(2).toStdString(),
                .value = word.section(u'=', 1).toStdString(),
                .mark = {}};
            if (word.startsWith(u'/'))
                route.path = word.toStdString();
            else if (word.startsWith("h:"))
                route.headers.push_back(condition);
            else if (word.startsWith("q:"))
                route.query.push_back(condition);
            else if (word.startsWith("p:"))
                route.priority = word.mid(2).toInt();
            else if (word.contains(u'.') || word == "localhost")
                route.hosts.push_back(word.toStdString());
            else
                for (const QString &method : word.split(u','))
                    route.methods.push_back(method.toStdString());
        }
    }
    return routes;
}

/// A request from a line: `GET api.local/users/5?page=1 x-api=2`. Owns its texts.
class RequestPicture
{
public:
    explicit RequestPicture(const QString &line)
    {
        const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
        m_method = words.value(0).toStdString();
        const QString target = words.value(1);
        m_host = target.section(u'/', 0, 0).toStdString();
        m_path = target.mid(qsizetype(m_host.size())).section(u'?', 0, 0).toStdString();
        m_query = target.section(u'?', 1).toStdString();
        for (const QString &word : words.mid(2)) {
            m_fields.emplace_back(word.section(u'=', 0, 0).toStdString(),
                                  word.section(u'=', 1).toStdString());
        }
    }
    Q_DISABLE_COPY_MOVE(RequestPicture)

    [[nodiscard]] routing::RequestView view() const
    {
        return {.method = m_method,
                .host = m_host,
                .path = m_path,
                .query = m_query,
                .fields = routing::Fields(*this)};
    }
    /// For Fields.
    std::optional<std::string_view> operator()(std::string_view name, int n) const
    {
        for (const auto &[key, value] : m_fields) {
            if (key == name && n-- == 0)
                return value;
        }
        return std::nullopt;
    }

private:
    std::string m_method;
    std::string m_host;
    std::string m_path;
    std::string m_query;
    std::vector<std::pair<std::string, std::string>> m_fields;
};

/// What a match comes to, in a line: `users id=5`, `404`, `405 GET, HEAD`, `400 id int`.
inline QString answerOf(const routing::Router &router,
                        const std::vector<config::RouteConfig> &routes, const QString &request)
{
    const RequestPicture picture(request);
    Arena arena;
    routing::Params params;
    const auto match = router.match(picture.view(), arena, params);
    std::string text;
    switch (match.kind) {
    case routing::Router::Kind::Found:
        text = routes[std::size_t(match.route)].id;
        for (const auto &param : params)
            text.append(" ").append(param.name).append("=").append(param.value);
        break;
    case routing::Router::Kind::NotFound:
        text = "404";
        break;
    case routing::Router::Kind::MethodNotAllowed:
        text = "405 " + router.allow(match);
        break;
    case routing::Router::Kind::BadParameter:
        text.append("400 ").append(match.parameter).append(" ").append(match.type);
        break;
    }
    return QString::fromStdString(text);
}

/// Compiles \a picture, which must be without findings, and answers \a request.
inline QString answerOf(const QString &picture, const QString &request)
{
    const auto routes = routesOf(picture);
    config::Findings findings;
    const auto router = routing::Router::compile(routes, findings);
    if (!findings.empty())
        return QString::fromStdString(findings.front().message);
    return answerOf(router, routes, request);
}

} // namespace gatehouse::test
