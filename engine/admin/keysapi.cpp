// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/keysapi.h"

#include "engine/admin/keydescription.h"
#include "engine/core/log.h"
#include "engine/gateway/gateway.h"
#include "engine/middleware/keybookid.h"

#include <QDateTime>
#include <QJsonArray>

namespace gatehouse::admin {

Q_LOGGING_CATEGORY(lcKeys, "gatehouse.admin.keys", QtInfoMsg)

namespace {

using BookPtr = auth::KeyBooks::BookPtr;

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

QJsonArray listOf(const std::vector<std::string> &texts)
{
    QJsonArray list;
    for (const std::string &text : texts)
        list.append(textOf(text));
    return list;
}

/// Neither the key, which we do not have, nor its hash, by which a stolen key could be told.
QJsonObject toJson(const auth::ApiKey &key)
{
    QJsonObject json{{"id", textOf(key.id)},
                     {"subject", textOf(key.identity.subject)},
                     {"scopes", listOf(key.identity.scopes)},
                     {"roles", listOf(key.identity.roles)},
                     {"disabled", key.isDisabled}};
    if (!key.identity.type.empty())
        json.insert("type", textOf(key.identity.type));
    if (key.expires) {
        json.insert("expires", textOf(auth::expiryText(*key.expires)));
        json.insert("expired", *key.expires <= QDateTime::currentSecsSinceEpoch());
    }
    return json;
}

/// The routes whose middlewares read a book, and whether the pipeline does.
QJsonObject usersOf(gateway::Gateway &gateway, const std::string &book)
{
    const gateway::Snapshot &snapshot = *gateway.snapshot();
    const auto uses = [&](const std::vector<config::MiddlewareConfig> &entries) {
        for (const config::MiddlewareConfig &entry : entries) {
            for (const auto &id : middleware::keyBooksIn(entry, snapshot.folder)) {
                if (gateway.keyBooks().nameOf(id.name, id.settings) == book)
                    return true;
            }
        }
        return false;
    };
    QJsonArray routes;
    for (const config::RouteConfig &route : snapshot.config->routes) {
        if (uses(route.middleware))
            routes.append(textOf(route.id));
    }
    return {{"pipeline", uses(snapshot.config->pipeline)}, {"routes", routes}};
}

QJsonObject toJson(const std::string &name, const BookPtr &book, const std::string &after, int most)
{
    QJsonArray keys;
    bool hasMore = false;
    for (const auth::KeyBook::KeyPtr &key : book->list()) { // by id
        if (key->id <= after)
            continue;
        hasMore = keys.size() == most;
        if (hasMore)
            break;
        keys.append(toJson(*key));
    }
    QJsonObject json{{"name", textOf(name)}, {"keys", keys}, {"more", hasMore}};
    // Where changes go; without a file they last until the configuration changes.
    if (!book->file().empty())
        json.insert("file", textOf(book->file()));
    return json;
}

Answer noSuch(const QString &book)
{
    return Answer::from(Error(ErrorCode::NotFound,
                              book.isEmpty() ? QString("say which book: ?book=NAME; GET "
                                                       "/admin/v1/keys lists all")
                                             : "there is no book of keys \"" + book
                                      + "\"; GET /admin/v1/keys lists all"));
}

Answer refused(const Error &error, const QString &id)
{
    if (error.code() != ErrorCode::NotFound)
        return Answer::from(error);
    return Answer::from(Error(ErrorCode::NotFound, "there is no key with the id \"" + id + '"'));
}

/// Who changes keys is worth a line, whatever the level of the rest.
void note(std::string_view what, const QString &book, const QString &id)
{
    LogLine(lcKeys(), QtInfoMsg, what).field("book", book).field("id", id);
}

} // namespace

Answer listBooks(gateway::Gateway &gateway, const QString &book, const QString &after, int most)
{
    QJsonArray books;
    for (const auto &[name, found] : gateway.keyBooks().all()) {
        if (!book.isEmpty() && book.toStdString() != name)
            continue;
        QJsonObject json = toJson(name, found, after.toStdString(), most);
        const QJsonObject users = usersOf(gateway, name);
        for (auto user = users.begin(); user != users.end(); ++user)
            json.insert(user.key(), user.value());
        books.append(json);
    }
    if (books.isEmpty() && !book.isEmpty())
        return noSuch(book);
    return {200, {{"books", books}}};
}

Answer createKey(gateway::Gateway &gateway, const QString &book, const QString &id,
                 const QByteArray &body)
{
    const BookPtr found = gateway.keyBooks().find(book.toStdString());
    if (!found)
        return noSuch(book);
    Result<auth::ApiKey> description = readKeyDescription(id.toStdString(), body);
    if (!description)
        return Answer::from(description.error());
    if (description->identity.subject.empty())
        description->identity.subject = description->id;
    const Result<std::string> key = found->add(*description);
    if (!key)
        return Answer::from(key.error());
    note("API key made", book, id);
    QJsonObject json = toJson(*description);
    json.insert("book", book);
    json.insert("key", textOf(*key));
    return {201, json};
}

Answer deleteKey(gateway::Gateway &gateway, const QString &book, const QString &id)
{
    const BookPtr found = gateway.keyBooks().find(book.toStdString());
    if (!found)
        return noSuch(book);
    const Result<void> removed = found->remove(id.toStdString());
    if (!removed)
        return refused(removed.error(), id);
    note("API key removed", book, id);
    return {200, {{"book", book}, {"id", id}, {"removed", true}}};
}

Answer disableKey(gateway::Gateway &gateway, const QString &book, const QString &id,
                  bool isDisabled)
{
    const BookPtr found = gateway.keyBooks().find(book.toStdString());
    if (!found)
        return noSuch(book);
    const Result<void> changed = found->setDisabled(id.toStdString(), isDisabled);
    if (!changed)
        return refused(changed.error(), id);
    note(isDisabled ? "API key disabled" : "API key enabled", book, id);
    return {200, {{"book", book}, {"id", id}, {"disabled", isDisabled}}};
}

} // namespace gatehouse::admin
