// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/operations.h"

#include "engine/admin/keysapi.h"
#include "engine/admin/limitsapi.h"
#include "engine/admin/pipelineapi.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using gateway::Gateway;

constexpr int mostKeys = 1000;

Answer listOperations(Gateway &, const Call &)
{
    QJsonArray list;
    for (const Operation &operation : operations())
        list.append(QJsonObject{{"method", verbName(operation.verb)},
                                {"path", operation.path},
                                {"parameters", operation.parameters},
                                {"summary", operation.summary}});
    return {200, {{"operations", list}}};
}

constexpr Operation table[] = {
    {"/admin/v1", Verb::Get, "", "this list", listOperations},

    {"/admin/v1/pipeline", Verb::Get, "",
     "the middlewares in force, in the order in which they run, with reasons and settings",
     [](Gateway &gateway, const Call &) { return showPipeline(gateway); }},

    {"/admin/v1/keys", Verb::Get, "book, after",
     "the books of API keys, with at most 1000 keys of each; never a key or its hash",
     [](Gateway &gateway, const Call &call) {
         return listBooks(gateway, call.value("book"), call.value("after"), mostKeys);
     }},
    {"/admin/v1/keys", Verb::Post, "book, id",
     "makes a key and shows it, this once; body: {subject, type, scopes, roles, expires}",
     [](Gateway &gateway, const Call &call) {
         return createKey(gateway, call.value("book"), call.value("id"), call.body);
     }},
    {"/admin/v1/keys", Verb::Delete, "book, id", "removes a key",
     [](Gateway &gateway, const Call &call) {
         return deleteKey(gateway, call.value("book"), call.value("id"));
     }},
    {"/admin/v1/keys/disable", Verb::Post, "book, id", "refuses a key for the time being",
     [](Gateway &gateway, const Call &call) {
         return disableKey(gateway, call.value("book"), call.value("id"), true);
     }},
    {"/admin/v1/keys/enable", Verb::Post, "book, id", "accepts a disabled key again",
     [](Gateway &gateway, const Call &call) {
         return disableKey(gateway, call.value("book"), call.value("id"), false);
     }},

    {"/admin/v1/limits", Verb::Get, "", "every limit in force, and what it has decided",
     [](Gateway &gateway, const Call &) { return listLimits(gateway); }},
    {"/admin/v1/limits/keys", Verb::Get, "limit",
     "at most 1000 keys of a limit, with what each has left",
     [](Gateway &gateway, const Call &call) {
         return listKeys(gateway, call.value("limit"), mostKeys);
     }},
    {"/admin/v1/limits/key", Verb::Get, "limit, key", "what one key has left",
     [](Gateway &gateway, const Call &call) {
         return readKey(gateway, call.value("limit"), call.value("key"));
     }},
    {"/admin/v1/limits/key", Verb::Delete, "limit, key",
     "forgets what a key has used; a penalty ends",
     [](Gateway &gateway, const Call &call) {
         return resetKey(gateway, call.value("limit"), call.value("key"));
     }},
    {"/admin/v1/limits/fill", Verb::Post, "limit, key",
     "takes all that a key has left; a penalty begins",
     [](Gateway &gateway, const Call &call) {
         return fillKey(gateway, call.value("limit"), call.value("key"));
     }},
    {"/admin/v1/limits/advance", Verb::Post, "limit, by",
     "lets time pass for a limit, in development only",
     [](Gateway &gateway, const Call &call) {
         return advanceLimit(gateway, call.value("limit"), call.value("by"));
     }},
};

} // namespace

QLatin1String verbName(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return QLatin1String("GET");
    case Verb::Post:
        return QLatin1String("POST");
    case Verb::Delete:
        break;
    }
    return QLatin1String("DELETE");
}

std::span<const Operation> operations()
{
    return table;
}

} // namespace gatehouse::admin
