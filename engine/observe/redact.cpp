// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/redact.h"

#include "engine/http/fieldname.h"
#include "engine/http/percent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace gatehouse::observe {

namespace {

constexpr std::array<std::string_view, 14> secretNames = {
    "access_token", "api-key", "api_key",  "apikey", "auth", "code",      "id_token",
    "key",          "passwd",  "password", "secret", "sig",  "signature", "token",
};

/// \a name may be percent-encoded: "tok%65n" is a token to whoever decodes it.
bool isSecret(std::string_view name)
{
    std::optional<std::string> decoded;
    if (name.contains('%'))
        decoded = percentDecoded(name, Plus::IsPlus);
    const std::string_view plain = decoded ? std::string_view(*decoded) : name;
    return std::ranges::any_of(secretNames, [plain](std::string_view secret) {
        return equalsIgnoringCase(plain, secret);
    });
}

} // namespace

void appendRedactedQuery(std::string &to, std::string_view query)
{
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && isSecret(pair.substr(0, equals)))
            to.append(pair.substr(0, equals + 1)).append("***");
        else
            to.append(pair);
        if (end < query.size())
            to.push_back('&');
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

bool isSecretField(std::string_view name)
{
    constexpr std::array<std::string_view, 4> known{"authorization", "proxy-authorization",
                                                    "cookie", "set-cookie"};
    constexpr std::array<std::string_view, 7> parts{"token",    "secret",  "api-key",  "apikey",
                                                    "password", "session", "signature"};
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? char(c + 32) : c == '_' ? '-' : c;
    });
    return std::ranges::find(known, lower) != known.end()
        || std::ranges::any_of(parts, [&](std::string_view part) { return lower.contains(part); });
}

namespace {

/// "a=1; b=2" as "a=***; b=***"; attributes of Set-Cookie stay.
std::string redactedCookies(std::string_view value, bool isSetCookie)
{
    std::string text;
    bool isFirst = true;
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(';'), value.size());
        const std::string_view pair = value.substr(0, end);
        const std::size_t equals = pair.find('=');
        text.append(isFirst ? "" : ";");
        if (equals == pair.npos || (isSetCookie && !isFirst))
            text.append(pair);
        else
            text.append(pair.substr(0, equals)).append("=***");
        isFirst = false;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return text;
}

bool isOfToken(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
        || c == '_' || c == '=';
}

/// The shape of a JWT (RFC 7519): its header begins with {" in base64url.
bool looksLikeToken(std::string_view value)
{
    const std::size_t begin = value.find("eyJ");
    if (begin == value.npos)
        return false;
    int dots = 0;
    std::size_t length = 0;
    for (const char c : value.substr(begin)) {
        if (c == '.')
            ++dots;
        else if (!isOfToken(c))
            break;
        ++length;
    }
    return dots >= 2 && length > 20;
}

} // namespace

std::string redactedField(std::string_view name, std::string_view value)
{
    if (equalsIgnoringCase(name, "cookie") || equalsIgnoringCase(name, "set-cookie"))
        return redactedCookies(value, equalsIgnoringCase(name, "set-cookie"));
    if (!isSecretField(name) && !looksLikeToken(value))
        return std::string(value);
    // Of an Authorization the scheme is no secret, and worth knowing (RFC 9110, section 11.6.2).
    const bool hasScheme = equalsIgnoringCase(name, "authorization")
        || equalsIgnoringCase(name, "proxy-authorization");
    const std::size_t blank = hasScheme ? value.find(' ') : value.npos;
    return blank == value.npos ? "***" : std::string(value.substr(0, blank)) + " ***";
}

namespace {

bool isSecretMember(const QString &name)
{
    const std::string plain = name.toStdString();
    return isSecret(plain) || isSecretField(plain);
}

QJsonValue redacted(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue &item : value.toArray())
            list.append(redacted(item));
        return list;
    }
    if (!value.isObject())
        return value.isString() && looksLikeToken(value.toString().toStdString())
            ? QJsonValue("***")
            : value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = isSecretMember(it.key()) ? QJsonValue("***") : redacted(it.value());
    return object;
}

/// What is no JSON as a whole, because it was cut or never was: member by member, by its looks.
QByteArray redactedText(const QByteArray &body)
{
    static const QRegularExpression member(
        "\"((?:[^\"\\\\]|\\\\.){1,64})\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*(?:\"|$)|[^,}\\]\\s]+)");
    const QString text = QString::fromUtf8(body);
    QString safe;
    qsizetype end = 0;
    QRegularExpressionMatchIterator found = member.globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        if (!isSecretMember(match.captured(1)))
            continue;
        safe += QStringView(text).mid(end, match.capturedStart(2) - end);
        safe += "\"***\"";
        end = match.capturedEnd(2);
    }
    return end == 0 ? body : (safe + text.mid(end)).toUtf8();
}

} // namespace

QByteArray redactedBody(std::string_view contentType, const QByteArray &body)
{
    if (contentType.contains("x-www-form-urlencoded")) {
        std::string text;
        appendRedactedQuery(text, {body.constData(), std::size_t(body.size())});
        return QByteArray::fromStdString(text);
    }
    if (!contentType.contains("json"))
        return body;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isNull())
        return redactedText(body);
    const QJsonValue whole =
        document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const QJsonValue safe = redacted(whole);
    if (safe == whole)
        return body; // byte for byte: nothing was secret
    return (safe.isArray() ? QJsonDocument(safe.toArray()) : QJsonDocument(safe.toObject()))
        .toJson(QJsonDocument::Compact);
}

} // namespace gatehouse::observe
