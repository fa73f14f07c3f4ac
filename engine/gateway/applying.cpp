// SPDX-License-Identifier: GPL-3.0-or-later
// How a changed configuration comes into force from the control plane; gateway.cpp has the rest.
#include "engine/config/difference.h"
#include "engine/core/log.h"
#include "engine/filter/names.h"
#include "engine/gateway/gateway.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace gatehouse::gateway {

Q_LOGGING_CATEGORY(lcApplying, "gatehouse.gateway.applying", QtInfoMsg)

namespace {

constexpr qsizetype mostChanges = 50; ///< sentences of a revision

void addFamilies(const std::vector<config::MiddlewareConfig> &entries,
                 observe::StageFamilies &families)
{
    for (const config::MiddlewareConfig &entry : entries)
        families.emplace(stageName(entry), filter::familyOfStage(entry.use));
}

observe::StageFamilies familiesOf(const config::Config &config)
{
    observe::StageFamilies families;
    for (const char *own : {"adapter.receive", "adapter.convert", "adapter.send", "adapter.cancel",
                            "route.match", "balance.pick", "upstream.connect", "upstream.response",
                            "upstream.retry", "cors.preflight", "middleware.echo"})
        families.emplace(own, filter::familyOfStage(own));
    addFamilies(config.pipeline, families);
    for (const config::RouteConfig &route : config.routes)
        addFamilies(route.middleware, families);
    return families;
}

QStringList changesSince(const Revision *before, const config::Node &effective)
{
    QStringList changes;
    if (!before)
        return changes;
    for (const config::Difference &difference : config::differences(before->effective, effective)) {
        if (changes.size() == mostChanges)
            return changes << "and more";
        changes << difference.sentence();
    }
    return changes;
}

/// With the old file's rights; whole, or not at all.
Result<void> prepareFile(QSaveFile &file, const std::string &text)
{
    const QFile::Permissions permissions = QFile::permissions(file.fileName());
    if (!file.open(QIODevice::WriteOnly))
        return std::unexpected(Error(ErrorCode::Unavailable, "cannot write " + file.fileName())
                                   .causedBy(file.errorString()));
    file.setPermissions(permissions);
    if (file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.flush())
        return std::unexpected(Error(ErrorCode::Unavailable, "cannot write " + file.fileName())
                                   .causedBy(file.errorString()));
    return {};
}

} // namespace

GatewayOptions Gateway::optionsFor(const std::string &draft) const
{
    GatewayOptions options = m_options;
    options.text = draft;
    return options;
}

std::string Gateway::textOnDisk() const
{
    QFile file(QString::fromStdString(m_options.load.file));
    if (!hasFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().toStdString();
}

void Gateway::addRevision(const Checked &checked, std::string text, const QString &author,
                          const QString &comment)
{
    Revision revision;
    revision.generation = m_generation;
    revision.time = QDateTime::currentDateTimeUtc();
    revision.author = author;
    revision.comment = comment;
    revision.changes = changesSince(m_revisions.current(), checked.loaded.effective);
    revision.text = std::move(text);
    revision.effective = checked.loaded.effective;
    revision.snapshot = m_snapshot;
    m_recorder->setFamilies(familiesOf(*m_snapshot->config));
    m_recorder->addRevision({quint32(m_generation), revision.time.toMSecsSinceEpoch(), author,
                             comment, QByteArray::fromStdString(revision.text)});
    m_revisions.add(std::move(revision));
    Q_EMIT applied(m_generation);
}

Result<quint64> Gateway::apply(const Change &change, config::Findings &findings)
{
    if (m_isDraining)
        return fail(ErrorCode::Unavailable, "the gateway is stopping");
    if (change.expected != 0 && change.expected != m_generation)
        return fail(ErrorCode::Conflict,
                    QString("generation %1 is in force, the change was made for %2: look at what "
                            "has changed, then apply again")
                        .arg(m_generation)
                        .arg(change.expected));
    if (hasFile() && m_revisions.current() && textOnDisk() != m_revisions.current()->text)
        return fail(ErrorCode::Conflict,
                    QString("%1 was changed on the disk and is not in force as it is: merge both")
                        .arg(QString::fromStdString(m_options.load.file)));
    const Checked checked = check(optionsFor(change.text), m_generation + 1);
    findings = checked.loaded.findings;
    if (!checked.snapshot)
        return fail(ErrorCode::InvalidConfig, "the configuration has errors; nothing has changed");
    QSaveFile file(QString::fromStdString(m_options.load.file));
    if (hasFile()) {
        if (const Result<void> prepared = prepareFile(file, change.text); !prepared)
            return std::unexpected(prepared.error());
    }
    const std::shared_ptr<const Snapshot> old = m_snapshot;
    if (const Result<void> installed = install(checked.snapshot); !installed)
        return std::unexpected(installed.error());
    if (hasFile() && !file.commit()) {
        (void)install(old); // it was in force a moment ago
        return std::unexpected(Error(ErrorCode::Unavailable, "cannot replace " + file.fileName())
                                   .causedBy(file.errorString()));
    }
    if (!hasFile())
        m_options.text = change.text;
    ++m_generation;
    ++m_reloads;
    applyLogging(checked.snapshot->config->log);
    // What was read as a text is none of the files that it has named; its own change is no news.
    std::vector<std::string> files = checked.loaded.files;
    if (!m_files.empty() && std::ranges::find(files, m_files.front()) == files.end())
        files.insert(files.begin(), m_files.front());
    watchFiles(files);
    addRevision(checked, change.text, change.author, change.comment);
    LogLine(lcApplying(), QtInfoMsg, "configuration applied")
        .field("generation", qint64(m_generation))
        .field("author", change.author.toStdString());
    return m_generation;
}

void Gateway::adoptRevisions(const std::vector<observe::CapturedRevision> &captured)
{
    std::vector<Revision> revisions;
    for (const observe::CapturedRevision &each : captured) {
        Checked checked = check(optionsFor(each.text.toStdString()), each.generation);
        if (!checked.snapshot) // it needs what is not here any more: a file, a variable
            continue;
        Revision &revision = revisions.emplace_back();
        revision.generation = each.generation;
        revision.time = QDateTime::fromMSecsSinceEpoch(each.time, Qt::UTC);
        revision.author = each.author;
        revision.comment = each.comment;
        revision.text = each.text.toStdString();
        revision.effective = std::move(checked.loaded.effective);
        revision.snapshot = checked.snapshot;
    }
    m_revisions.addEarlier(std::move(revisions));
}

} // namespace gatehouse::gateway
