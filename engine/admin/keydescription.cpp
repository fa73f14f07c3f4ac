// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/keydescription.h"

#include "engine/auth/json.h"
#include "engine/http/characters.h"
#include "engine/http/headers.h"

#include <QDateTime>

#include <algorithm>

namespace gatehouse::admin {

namespace {

using auth::Json;

constexpr qsizetype mostBodyBytes = 64 << 10;
constexpr std::size_t mostTextBytes = 256;
constexpr std::size_t mostTexts = 100;

std::unexpected<Error> broken(const QString &member, const QString &rule)
{
    return std::unexpected(Error(ErrorCode::BadRequest, rule).at(member));
}

/// Texts end up in header fields for the upstream.
Result<void> checkText(const QString &member, std::string_view text)
{
    if (text.empty() || text.size() > mostTextBytes || !areAllIn(text, ValueChar)
        || text != trimmed(text))
        return broken(member,
                      "must be 1 to 256 bytes without control characters and without "
                      "blanks around it");
    return {};
}

Result<void> readText(const QString &member, const Json &value, std::string &to)
{
    if (!value.isText())
        return broken(member, "must be a text");
    to = value.text;
    return checkText(member, to);
}

Result<void> readTexts(const QString &member, const Json &value, std::vector<std::string> &to)
{
    if (value.kind != Json::Kind::Array || !value.readTexts(to))
        return broken(member, "must be a list of texts");
    if (to.size() > mostTexts)
        return broken(member, "has more than 100 items");
    for (const std::string &text : to) {
        if (const Result<void> checked = checkText(member, text); !checked)
            return checked;
    }
    return {};
}

/// The upstream gets scopes with blanks between them (RFC 6749, section 3.3).
Result<void> readScopes(const Json &value, std::vector<std::string> &to)
{
    if (const Result<void> read = readTexts("scopes", value, to); !read)
        return read;
    const auto hasBlank = [](const std::string &text) { return text.contains(' '); };
    if (std::ranges::any_of(to, hasBlank))
        return broken("scopes", "a scope holds no blank; write each as an item of its own");
    return {};
}

Result<void> readExpiry(const Json &value, auth::ApiKey &key)
{
    if (value.isText())
        key.expires = auth::parseExpiry(value.text);
    if (!key.expires)
        return broken("expires", "is no date; write \"2027-01-01\" or \"2027-01-01T12:00:00Z\"");
    if (*key.expires <= QDateTime::currentSecsSinceEpoch())
        return broken("expires", "is over already; such a key would let nobody in");
    return {};
}

Result<void> readMember(const std::string &name, const Json &value, auth::ApiKey &key)
{
    if (name == "subject")
        return readText("subject", value, key.identity.subject);
    if (name == "type")
        return readText("type", value, key.identity.type);
    if (name == "scopes")
        return readScopes(value, key.identity.scopes);
    if (name == "roles")
        return readTexts("roles", value, key.identity.roles);
    if (name == "expires")
        return readExpiry(value, key);
    return broken(QString::fromStdString(name),
                  "is no member of a key; it has subject, type, scopes, roles and expires");
}

} // namespace

Result<auth::ApiKey> readKeyDescription(const std::string &id, const QByteArray &body)
{
    auth::ApiKey key;
    key.id = id;
    if (const Result<void> checked = checkText("id", id); !checked)
        return std::unexpected(checked.error());
    if (body.size() > mostBodyBytes)
        return fail(ErrorCode::PayloadTooLarge, "a description of a key is at most 64 KiB");
    if (body.isEmpty())
        return key;
    const Result<Json> json = auth::parseJson({body.data(), std::size_t(body.size())});
    if (!json)
        return std::unexpected(json.error().at("body"));
    if (json->kind != Json::Kind::Object)
        return broken("body", "must be a JSON object, such as {\"subject\": \"ada\"}");
    for (std::size_t i = 0; i < json->names.size(); ++i) {
        if (const Result<void> read = readMember(json->names[i], json->items[i], key); !read)
            return std::unexpected(read.error());
    }
    return key;
}

} // namespace gatehouse::admin
