// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/token.h"

#include "engine/auth/base64url.h"

#include <charconv>

namespace gatehouse::auth {

namespace {

std::unexpected<Error> broken(const QString &rule)
{
    return fail(ErrorCode::Unauthorized, rule);
}

/// The text before the next dot, which is taken off with it.
std::optional<std::string> takePart(std::string_view &rest)
{
    const std::size_t dot = rest.find('.');
    std::optional<std::string> part = fromBase64Url(rest.substr(0, dot));
    rest = dot == rest.npos ? std::string_view() : rest.substr(dot + 1);
    return part;
}

std::size_t countDots(std::string_view text)
{
    std::size_t dots = 0;
    for (const char c : text)
        dots += c == '.' ? 1 : 0;
    return dots;
}

} // namespace

Result<void> Token::readHeader()
{
    const Result<Json> json = parseJson(header);
    if (!json)
        return broken("the header " + json.error().message());
    if (json->kind != Json::Kind::Object)
        return broken("the header is no object");
    // RFC 7515, section 4.1.11: extensions that we do not understand, and we know none
    if (json->find("crit") || json->find("b64"))
        return broken("the header asks for an extension");
    const Json *const alg = json->find("alg");
    if (!alg || !alg->isText())
        return broken("the header names no algorithm");
    const std::optional<Algorithm> known = algorithmFrom(alg->text);
    if (!known)
        return broken("the algorithm is unknown, or none");
    algorithm = *known;
    if (const Json *id = json->find("kid")) {
        if (!id->isText() || id->text.size() > 1024)
            return broken("the kid is no text, or too long");
        kid = id->text;
    }
    return {};
}

Result<std::unique_ptr<const Token>> Token::parse(std::string_view text)
{
    if (text.size() > mostBytes)
        return broken("the token is longer than 16 KiB");
    if (countDots(text) != 2)
        return broken("the token has no three parts");
    auto token = std::make_unique<Token>();
    token->signedPart = text.substr(0, text.rfind('.'));
    std::string_view rest = text;
    for (std::string *part : {&token->header, &token->payload, &token->signature}) {
        std::optional<std::string> bytes = takePart(rest);
        if (!bytes)
            return broken("a part of the token is no base64url");
        *part = std::move(*bytes);
    }
    if (const Result<void> header = token->readHeader(); !header)
        return std::unexpected(header.error());
    Result<Json> claims = parseJson(token->payload);
    if (!claims)
        return broken("the claims: the JSON " + claims.error().message());
    if (claims->kind != Json::Kind::Object)
        return broken("the claims are no object");
    token->claims = std::move(*claims);
    return token;
}

Result<std::optional<qint64>> dateClaim(const Json &claims, std::string_view name)
{
    const Json *const value = claims.find(name);
    if (!value)
        return std::nullopt;
    double seconds = -1;
    const std::string_view raw = value->raw;
    const auto parsed = std::from_chars(raw.data(), raw.data() + raw.size(), seconds);
    if (value->kind != Json::Kind::Number || parsed.ec != std::errc() || !(seconds >= 0)
        || !(seconds < 1e11))
        return fail(ErrorCode::BadRequest,
                    QString("%1 is no date").arg(QString::fromUtf8(name.data(), int(name.size()))));
    return qint64(seconds);
}

} // namespace gatehouse::auth
