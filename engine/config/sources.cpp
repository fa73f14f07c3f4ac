// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/sources.h"

#include "engine/config/merge.h"
#include "engine/config/words.h"
#include "engine/config/yamlreader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace gatehouse::config::internal {

namespace {

constexpr std::size_t deepestInclude = 32;

QString identityOf(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(path).absoluteFilePath() : canonical;
}

/// \a path as it is written relative to the folder of \a from.
QString besides(const QString &from, const QString &path)
{
    const QString folder = QFileInfo(from).path();
    if (QFileInfo(path).isAbsolute() || folder.isEmpty() || folder == ".")
        return path;
    return QDir::cleanPath(folder + '/' + path);
}

} // namespace

std::optional<std::string> readFile(const QString &path, const Mark &mark,
                                    const std::string &keyPath, Findings &findings)
{
    const auto refuse = [&](const QString &message, const char *suggestion) {
        findings.push_back(
            {Severity::Error, mark, keyPath, "file", message.toStdString(), suggestion});
        return std::nullopt;
    };
    const QFileInfo info(path);
    if (!info.exists())
        return refuse(path + " does not exist", "check the path, or create the file");
    if (!info.isFile()) // a pipe or a device could block or never end
        return refuse(path + (info.isDir() ? " is a folder" : " is not a regular file"),
                      "name a file; conf.d beside the main file is read by itself");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(path + " cannot be read: " + file.errorString(),
                      "let the user who runs Gatehouse read it");
    const QByteArray bytes = file.read(mostFileBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return refuse(path + " cannot be read: " + file.errorString(), "");
    if (bytes.size() > mostFileBytes)
        return refuse(path + " is larger than 8 MiB", "split it with include:");
    return bytes.toStdString();
}

Sources::Sources(Interpolator &interpolator, Findings &findings)
    : m_interpolator(interpolator)
    , m_findings(findings)
{
}

bool Sources::readMain(const QString &file)
{
    const Mark mark{std::make_shared<const std::string>(file.toStdString())};
    return readInto(file, mark, {}, Role::Main);
}

bool Sources::readMainText(const std::string &name, const std::string &yaml, const QString &file)
{
    m_read.insert(identityOf(file));
    return addText(name, yaml, file, Role::Main);
}

void Sources::readFolder(const QString &file)
{
    const QString folder = besides(file, "conf.d");
    if (!QFileInfo(folder).isDir())
        return;
    m_files.push_back(QFileInfo(folder).absoluteFilePath().toStdString());
    const QStringList names = QDir(folder).entryList({"*.yaml"}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QString path = folder + '/' + name;
        if (!m_read.contains(identityOf(path)))
            readInto(path, {std::make_shared<const std::string>(path.toStdString())}, {},
                     Role::Folder);
    }
}

bool Sources::readInto(const QString &path, const Mark &mark, const std::string &keyPath, Role role)
{
    watch(path);
    m_read.insert(identityOf(path));
    const std::optional<std::string> yaml = readFile(path, mark, keyPath, m_findings);
    const bool isRead = yaml && addText(path.toStdString(), *yaml, path, role);
    m_isComplete = m_isComplete && isRead;
    return isRead;
}

bool Sources::addText(const std::string &name, const std::string &yaml, const QString &path,
                      Role role)
{
    std::optional<Node> root = readYaml(name, yaml, m_findings);
    if (!checkRoot(root, name, role))
        return role != Role::Main && root && root->isNull();
    interpolate(*root);
    m_open.push_back(identityOf(path));
    readIncludes(*root, path);
    m_open.pop_back();
    mergeFile(m_root, std::move(*root));
    return true;
}

bool Sources::checkRoot(const std::optional<Node> &root, const std::string &name, Role role)
{
    if (!root || root->kind() == Node::Kind::Map)
        return root.has_value();
    const Mark start{std::make_shared<const std::string>(name), 1, 1};
    if (root->isNull()) {
        const Severity severity = role == Role::Main ? Severity::Error : Severity::Warning;
        m_findings.push_back({severity,
                              start,
                              {},
                              "empty-file",
                              "the file is empty",
                              "begin with services: and routes:"});
        return false;
    }
    const bool isList = root->kind() == Node::Kind::List;
    m_findings.push_back({Severity::Error,
                          start,
                          {},
                          "type",
                          std::string("must be a map of settings, found ")
                              + (isList ? std::string("a list") : inQuotes(root->text())),
                          "begin with services: and routes:"});
    return false;
}

void Sources::interpolate(Node &root)
{
    for (Node::Member &member : root.members()) {
        if (member.key != "environments")
            m_interpolator.apply(member.value, keyPath({}, member.key), m_findings);
    }
}

void Sources::readIncludes(const Node &root, const QString &path)
{
    const Node *const entries = root.find("include");
    if (!entries)
        return;
    if (entries->kind() == Node::Kind::Scalar)
        include(*entries, "include", path);
    for (std::size_t i = 0; i < entries->items().size(); ++i) {
        if (entries->items()[i].kind() == Node::Kind::Scalar)
            include(entries->items()[i], itemPath("include", i), path);
    }
}

void Sources::include(const Node &entry, const std::string &keyPath, const QString &from)
{
    const QString path = besides(from, QString::fromStdString(entry.text()));
    const QString identity = identityOf(path);
    const auto open = std::find(m_open.begin(), m_open.end(), identity);
    if (open != m_open.end()) {
        QStringList cycle;
        for (auto it = open; it != m_open.end(); ++it)
            cycle.push_back(QFileInfo(*it).fileName());
        cycle.push_back(QFileInfo(identity).fileName());
        m_findings.push_back({Severity::Error, entry.mark(), keyPath, "include-cycle",
                              "includes itself: " + cycle.join(" -> ").toStdString(),
                              "remove one of the includes"});
    } else if (m_open.size() >= deepestInclude) {
        m_findings.push_back({Severity::Error, entry.mark(), keyPath, "include-depth",
                              "is included through more than 32 files", "include it higher up"});
        m_isComplete = false;
    } else if (!m_read.contains(identity)) {
        readInto(path, entry.mark(), keyPath, Role::Included);
    }
}

void Sources::watch(const QString &path)
{
    m_files.push_back(QFileInfo(path).absoluteFilePath().toStdString());
}

} // namespace gatehouse::config::internal
