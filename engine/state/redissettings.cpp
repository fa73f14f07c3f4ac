// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/redissettings.h"

#include "engine/net/address.h"

#include <QUrl>
#include <QUrlQuery>

namespace gatehouse::state {

namespace {

std::unexpected<Error> broken(const QString &rule)
{
    return std::unexpected(Error(ErrorCode::InvalidConfig, rule).at("url"));
}

Result<int> databaseIn(const QString &text)
{
    if (text.isEmpty())
        return 0;
    bool isNumber = false;
    const int database = text.toInt(&isNumber);
    if (!isNumber || database < 0)
        return broken("must name a database by its number");
    return database;
}

Result<RedisSettings> parseUnix(const std::string &text)
{
    const QUrl url(QString::fromStdString(text));
    const QUrlQuery query(url);
    RedisSettings settings;
    settings.path = url.path(QUrl::FullyDecoded).toStdString();
    settings.user = query.queryItemValue("user", QUrl::FullyDecoded).toStdString();
    settings.password = query.queryItemValue("password", QUrl::FullyDecoded).toStdString();
    const Result<int> database = databaseIn(query.queryItemValue("db"));
    if (!database)
        return std::unexpected(database.error());
    settings.database = *database;
    return settings;
}

Result<RedisSettings> parseTcp(const std::string &text)
{
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != "redis" || url.host().isEmpty())
        return broken("must be redis://host:port/database or unix:/path");
    RedisSettings settings;
    settings.host = url.host().toStdString();
    settings.port = url.port(RedisSettings().port);
    // What Redis binds by default is the IPv4 address, whatever a resolver would say.
    if (const auto local = net::Address::parse("localhost:0");
        settings.host == "localhost" && local)
        settings.host = local->host();
    settings.user = url.userName(QUrl::FullyDecoded).toStdString();
    settings.password = url.password(QUrl::FullyDecoded).toStdString();
    const Result<int> database = databaseIn(url.path().mid(1));
    if (!database)
        return std::unexpected(database.error());
    settings.database = *database;
    return settings;
}

} // namespace

Result<RedisSettings> RedisSettings::parse(const config::StateConfig &config)
{
    Result<RedisSettings> settings =
        config.url.starts_with("unix:") ? parseUnix(config.url) : parseTcp(config.url);
    if (settings) {
        settings->prefix = config.prefix;
        settings->timeout = config.timeout;
    }
    return settings;
}

std::string RedisSettings::place() const
{
    return path.empty() ? host + ':' + std::to_string(port) : "unix:" + path;
}

} // namespace gatehouse::state
