// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/claimrules.h"

#include "engine/http/headers.h"

#include <algorithm>

namespace gatehouse::auth {

namespace {

std::unexpected<Error> broken(const QString &rule)
{
    return fail(ErrorCode::Unauthorized, rule);
}

bool isAnyOf(const Json *claim, const std::vector<std::string> &wanted)
{
    std::vector<std::string> given;
    return claim && claim->readTexts(given)
        && std::ranges::find_first_of(given, wanted) != given.end();
}

/// Words of a text, or the items of a list (RFC 8693, section 4.2 has the text).
std::vector<std::string> wordsOf(const Json *claim)
{
    std::vector<std::string> words;
    if (!claim || !claim->readTexts(words))
        return {};
    if (!claim->isText())
        return words;
    std::string_view rest = claim->text;
    words.clear();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (end > 0)
            words.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return words;
}

} // namespace

Result<void> ClaimRules::check(const Json &claims, qint64 now) const
{
    const qint64 grace = leeway.count();
    for (const char *name : {"exp", "nbf", "iat"}) {
        const Result<std::optional<qint64>> date = dateClaim(claims, name);
        if (!date)
            return broken(date.error().message());
        if (*date && *name != 'e' && **date > now + grace)
            return broken(*name == 'n' ? "it is not valid yet (nbf)"
                                       : "it is from the future (iat)");
    }
    if (!issuers.empty()) {
        const Json *const issuer = claims.find("iss");
        if (!issuer || !issuer->isText() || !isAnyOf(issuer, issuers))
            return broken("it has another issuer (iss)");
    }
    if (!audiences.empty() && !isAnyOf(claims.find("aud"), audiences))
        return broken("it is for another audience (aud)");
    for (const std::string &name : required) {
        if (!claims.findPath(name))
            return broken(QString("the claim %1 is missing").arg(QString::fromStdString(name)));
    }
    for (const auto &[name, value] : equal) {
        const Json *const claim = claims.findPath(name);
        if (!claim || (claim->plain() != value && !isAnyOf(claim, {value})))
            return broken(
                QString("the claim %1 has another value").arg(QString::fromStdString(name)));
    }
    const std::optional<qint64> end = notAfter(claims);
    if (end && now >= *end)
        return std::unexpected(
            Error(ErrorCode::Unauthorized, "Token expired").named("TOKEN_EXPIRED"));
    return {};
}

std::optional<qint64> ClaimRules::notAfter(const Json &claims) const
{
    const Result<std::optional<qint64>> exp = dateClaim(claims, "exp");
    if (!exp || !*exp)
        return std::nullopt;
    return **exp + leeway.count();
}

StoredIdentity ClaimRules::identityOf(const Json &claims) const
{
    StoredIdentity identity;
    if (const Json *subject = claims.findPath(subjectClaim))
        identity.subject = subject->plain();
    identity.scopes = wordsOf(claims.findPath(scopeClaim));
    identity.roles = wordsOf(claims.findPath(rolesClaim));
    for (std::size_t i = 0; i < claims.names.size(); ++i)
        identity.claims.emplace_back(claims.names[i], claims.items[i].plain());
    if (const Json *type = claims.find("type"); type && type->isText())
        identity.type = type->text;
    return identity;
}

} // namespace gatehouse::auth
