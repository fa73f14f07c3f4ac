// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/keyfile.h"

#include "engine/config/loader.h"
#include "engine/config/yamlreader.h"
#include "engine/http/characters.h"

#include <QDateTime>
#include <QFile>
#include <QSaveFile>

namespace gatehouse::auth {

std::optional<qint64> parseExpiry(const std::string &text)
{
    const QString date = QString::fromStdString(text);
    if (const QDate day = QDate::fromString(date, Qt::ISODate); day.isValid() && text.size() == 10)
        return day.startOfDay(Qt::UTC).toSecsSinceEpoch();
    QDateTime time = QDateTime::fromString(date, Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    if (time.timeSpec() == Qt::LocalTime) // where no zone is given
        time.setTimeSpec(Qt::UTC);
    return time.toSecsSinceEpoch();
}

std::string expiryText(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(Qt::ISODate).toStdString();
}

namespace internal {

namespace {

using config::Node;
using config::Schema;

constexpr qint64 mostFileBytes = 32 << 20;

std::unexpected<Error> broken(const QString &key, const QString &rule)
{
    return std::unexpected(Error(ErrorCode::InvalidConfig, rule).at(key));
}

std::optional<crypto::Sha256> digestFrom(std::string_view text)
{
    crypto::Sha256 digest;
    if (text.size() != 2 * digest.size() || !areAllIn(text, HexChar))
        return std::nullopt;
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = quint8(hexValue(text[2 * i]) << 4 | hexValue(text[2 * i + 1]));
    return digest;
}

Result<ApiKey> readKey(const std::string &id, const Node &node)
{
    ApiKey key;
    key.id = id;
    const std::string plain = node.textOf("key");
    const std::string hash = node.textOf("hash");
    if (plain.empty() == hash.empty())
        return broken("key", "needs either key or hash");
    const std::optional<crypto::Sha256> digest = digestFrom(hash);
    if (plain.empty() && !digest)
        return broken("hash",
                      "is no SHA-256 in 64 hexadecimal digits; make one with: "
                      "printf %s KEY | sha256sum");
    key.digest = digest ? *digest : crypto::sha256(plain);
    key.identity.subject = node.textOf("subject", id);
    key.identity.type = node.textOf("type");
    key.identity.scopes = node.textsOf("scopes");
    key.identity.roles = node.textsOf("roles");
    key.isDisabled = node.flagOf("disabled");
    if (const std::string expires = node.textOf("expires"); !expires.empty()) {
        key.expires = parseExpiry(expires);
        if (!key.expires)
            return broken("expires", "is no date; write 2027-01-01 or 2027-01-01T12:00:00Z");
    }
    if (const Node *metadata = node.find("metadata")) {
        for (const Node::Member &member : metadata->members())
            key.identity.claims.emplace_back(member.key, member.value.text());
    }
    return key;
}

Node quoted(const std::string &text)
{
    Node node = Node::scalar(text);
    node.setQuoted(true);
    return node;
}

Node listOf(const std::vector<std::string> &texts)
{
    Node list = Node::list();
    for (const std::string &text : texts)
        list.items().push_back(quoted(text));
    return list;
}

Node nodeOf(const ApiKey &key)
{
    Node node = Node::map();
    node.set("hash", quoted(crypto::hex(key.digest)));
    node.set("subject", quoted(key.identity.subject));
    if (!key.identity.type.empty())
        node.set("type", quoted(key.identity.type));
    if (!key.identity.scopes.empty())
        node.set("scopes", listOf(key.identity.scopes));
    if (!key.identity.roles.empty())
        node.set("roles", listOf(key.identity.roles));
    if (key.expires)
        node.set("expires", quoted(expiryText(*key.expires)));
    if (key.isDisabled)
        node.set("disabled", Node::scalar("true"));
    if (!key.identity.claims.empty()) {
        Node metadata = Node::map();
        for (const auto &[name, value] : key.identity.claims)
            metadata.set(name, quoted(value));
        node.set("metadata", std::move(metadata));
    }
    return node;
}

Error fromFinding(const config::Finding &finding)
{
    return {ErrorCode::InvalidConfig, QString::fromStdString(finding.text())};
}

} // namespace

Schema keySchema()
{
    return Schema::object({
        {"key", Schema::text().secret().describe("The key itself; only its hash is kept.")},
        {"hash", Schema::text().describe("The SHA-256 of the key, in hexadecimal.")},
        {"subject", Schema::text().describe("Whose key it is; the id if it is not given.")},
        {"type", Schema::text().describe("What kind of caller: user, service.")},
        {"scopes", Schema::list(Schema::text()).describe("What its owner may do.")},
        {"roles", Schema::list(Schema::text()).describe("What its owner is.")},
        {"expires", Schema::text().describe("From when on it is refused: a date, or with time.")},
        {"disabled", Schema::boolean().describe("Refuse it for the time being.")},
        {"metadata", Schema::map(Schema::text()).describe("More about its owner, as claims.")},
    });
}

Result<std::vector<ApiKey>> readKeys(const Node &keys)
{
    std::vector<ApiKey> read;
    for (const Node::Member &member : keys.members()) {
        Result<ApiKey> key = readKey(member.key, member.value);
        if (!key)
            return std::unexpected(key.error().at(QString::fromStdString(member.key)));
        read.push_back(std::move(*key));
    }
    return read;
}

Result<std::string> readKeyFile(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, QString("cannot read %1").arg(file.fileName()))
                .causedBy(file.errorString()));
    if (file.size() > mostFileBytes)
        return fail(ErrorCode::InvalidConfig, "is larger than 32 MiB");
    return file.readAll().toStdString();
}

Result<std::vector<ApiKey>> parseKeyFile(const std::string &path, const std::string &text)
{
    config::Findings findings;
    const std::optional<Node> root = config::internal::readYaml(path, text, findings);
    if (root && findings.empty())
        Schema::object({{"keys", KeyBook::keysSchema().required()}}).validate(*root, "", findings);
    if (!root || !findings.empty())
        return std::unexpected(fromFinding(findings.front()));
    const Node &keys = *root->find("keys");
    std::vector<ApiKey> read;
    for (const Node::Member &member : keys.members()) {
        Result<ApiKey> key = readKey(member.key, member.value);
        if (!key) {
            const Error error = key.error().at(QString::fromStdString(member.key)).at("keys");
            config::Finding finding{config::Severity::Error,       member.keyMark,
                                    error.path().toStdString(),    "api-key",
                                    error.message().toStdString(), {}};
            return std::unexpected(fromFinding(finding));
        }
        read.push_back(std::move(*key));
    }
    return read;
}

std::string keyFileText(const std::vector<KeyBook::KeyPtr> &keys)
{
    Node all = Node::map();
    for (const KeyBook::KeyPtr &key : keys)
        all.members().push_back({key->id, {}, nodeOf(*key)});
    Node root = Node::map();
    root.set("keys", std::move(all));
    std::string yaml = config::toYaml(root);
    // There every "$" is doubled against interpolation, which this file does not have.
    for (std::size_t i = yaml.find("$$"); i != yaml.npos; i = yaml.find("$$", i + 1))
        yaml.erase(i, 1);
    return "# Written by Gatehouse. Hashes are SHA-256; the keys themselves are kept nowhere.\n"
        + yaml;
}

Result<void> writeKeyFile(const std::string &path, const std::string &text)
{
    QSaveFile file(QString::fromStdString(path));
    const auto failed = [&file] {
        return std::unexpected(
            Error(ErrorCode::Unavailable, QString("cannot write %1").arg(file.fileName()))
                .causedBy(file.errorString()));
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit())
        return failed();
    return {};
}

} // namespace internal

} // namespace gatehouse::auth
