// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/gatewaysignature.h"

#include "engine/crypto/mac.h"
#include "engine/crypto/secretcompare.h"
#include "engine/http/fieldname.h"
#include "engine/middleware/readsettings.h"

#include <charconv>

namespace gatehouse::middleware {

namespace {

struct Entry
{
    const char *key;
    const char *preset;
    const char *sentence;
    std::string SignatureFields::*member;
};

constexpr Entry entries[] = {
    {"signature", "X-Gateway-Signature", "Carries the signature.", &SignatureFields::signature},
    {"timestamp", "X-Gateway-Timestamp", "Carries the time.", &SignatureFields::timestamp},
    {"nonce", "X-Gateway-Nonce", "Carries the nonce.", &SignatureFields::nonce},
    {"id", "X-User-Id", "Carries the caller's id.", &SignatureFields::id},
    {"role", "X-User-Role", "Carries the caller's role.", &SignatureFields::role},
    {"email", "X-User-Email", "Carries the caller's address.", &SignatureFields::email},
    {"name", "X-User-Name", "Carries the caller's name.", &SignatureFields::name},
};

bool isBelow(std::string_view field, std::string_view prefix)
{
    return isTakenFor(field.substr(0, prefix.size()), prefix);
}

} // namespace

std::string signedText(const std::optional<SignedCaller> &caller, std::string_view timestamp,
                       std::string_view nonce)
{
    std::string text;
    if (caller)
        text.append(caller->id).append(":").append(caller->role);
    else
        text.append("public");
    text.append(":").append(timestamp).append(":").append(nonce);
    return text;
}

std::string gatewaySignature(std::string_view secret, std::string_view text)
{
    return crypto::hex(crypto::hmacSha256(secret, text));
}

bool isSignedBy(const std::vector<std::string> &secrets, std::string_view text,
                std::string_view signature)
{
    bool isSigned = false;
    for (const std::string &secret : secrets)
        isSigned |= crypto::isSameSecret(gatewaySignature(secret, text), signature);
    return isSigned;
}

std::optional<qint64> parseTimestamp(std::string_view text)
{
    constexpr std::size_t mostDigits = 15; // the year 33658, and no overflow when subtracting
    qint64 value = 0;
    const char *const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    const bool isNumber = !text.empty() && text.size() <= mostDigits && parsed.ec == std::errc()
        && parsed.ptr == end && text[0] != '-';
    return isNumber ? std::optional(value) : std::nullopt;
}

qint64 millisecondsOf(WallTime time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

config::Schema SignatureFields::schema()
{
    std::vector<config::Schema::Field> fields;
    for (const Entry &entry : entries)
        fields.push_back(
            {entry.key, config::Schema::text().withDefault(entry.preset).describe(entry.sentence)});
    return config::Schema::object(std::move(fields))
        .describe("Names of the fields: signature, timestamp, nonce, id, role, email, name.");
}

Result<SignatureFields> SignatureFields::fromSettings(const config::Node &settings)
{
    SignatureFields fields;
    for (const Entry &entry : entries) {
        Result<std::string> name = readFieldName(settings, entry.key);
        if (!name)
            return std::unexpected(name.error());
        fields.*entry.member = std::move(*name);
    }
    return fields;
}

bool SignatureFields::holds(std::string_view field) const
{
    if (isBelow(field, "X-Gateway-") || isBelow(field, "X-User-"))
        return true;
    for (const Entry &entry : entries) {
        if (isTakenFor(field, this->*entry.member))
            return true;
    }
    return false;
}

} // namespace gatehouse::middleware
