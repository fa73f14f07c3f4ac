// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/readsettings.h"

#include "engine/http/characters.h"

#include <QFile>

#include <algorithm>

namespace gatehouse::middleware {

namespace {

constexpr qint64 largestSecret = 64 << 10;

Result<std::string> readSecretFile(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) {
        const Error error(ErrorCode::InvalidConfig, "cannot read " + file.fileName());
        return std::unexpected(error.causedBy(file.errorString()));
    }
    const QByteArray bytes = file.read(largestSecret + 1);
    if (bytes.size() > largestSecret)
        return fail(ErrorCode::InvalidConfig, "is larger than 64 KiB, which is no secret");
    std::string secret = bytes.toStdString();
    // Editors end a file with a line feed, which nobody means as part of the secret.
    while (secret.ends_with('\n') || secret.ends_with('\r'))
        secret.pop_back();
    return secret;
}

Result<void> checkSecret(const std::string &secret, const char *key)
{
    if (!secret.empty())
        return {};
    return std::unexpected(
        Error(ErrorCode::InvalidConfig, "is empty, so that everybody would know it").at(key));
}

} // namespace

Result<void> checkFieldName(const std::string &name)
{
    constexpr FieldName reserved[] = {FieldName::ContentLength,
                                      FieldName::TransferEncoding,
                                      FieldName::Connection,
                                      FieldName::Upgrade,
                                      FieldName::Te,
                                      FieldName::Host};
    if (name.empty() || !areAllIn(name, TokenChar))
        return fail(ErrorCode::InvalidConfig, "is not a field name");
    if (std::ranges::find(reserved, fieldNameFrom(name)) != std::end(reserved))
        return fail(ErrorCode::InvalidConfig, "belongs to the gateway");
    return {};
}

Result<std::string> readFieldName(const config::Node &settings, const char *key)
{
    constexpr FieldName reserved[] = {FieldName::ContentLength, FieldName::Host};
    std::string name = settings.textOf(key);
    const FieldName id = fieldNameFrom(name);
    if (name.empty() || !areAllIn(name, TokenChar))
        return std::unexpected(Error(ErrorCode::InvalidConfig, "is not a field name").at(key));
    if (isHopByHop(id) || std::ranges::find(reserved, id) != std::end(reserved))
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, "belongs to the gateway: choose another field")
                .at(key));
    return name;
}

Result<std::vector<std::string>> readSecrets(const config::Node &settings,
                                             const BuildContext &context)
{
    std::vector<std::string> secrets;
    for (const char *const key : {"secret", "secrets"}) {
        for (const std::string &secret : settings.textsOf(key)) {
            if (const Result<void> checked = checkSecret(secret, key); !checked)
                return std::unexpected(checked.error());
            secrets.push_back(secret);
        }
    }
    const std::string file = settings.textOf("secret_file");
    if (file.empty())
        return secrets;
    Result<std::string> secret = readSecretFile(resolvePath(context.folder, file));
    if (!secret)
        return std::unexpected(secret.error().at("secret_file"));
    if (const Result<void> checked = checkSecret(*secret, "secret_file"); !checked)
        return std::unexpected(checked.error());
    secrets.push_back(std::move(*secret));
    return secrets;
}

bool isAllowedOnError(const config::Node &settings, const BuildContext &context)
{
    const std::string chosen = settings.textOf("on_error");
    if (chosen.empty())
        return !context.services || context.services->isAllowedOnError;
    return chosen == "allow";
}

} // namespace gatehouse::middleware
