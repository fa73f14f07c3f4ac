// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routedraft.h"

#include "engine/client/adminapi.h"
#include "ui/models/yamlmerge.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString author()
{
    return qEnvironmentVariable("USER", QStringLiteral("workbench"));
}

/// What came with an error answer.
QJsonObject answerOf(const Error &error)
{
    for (const auto &[name, value] : error.context()) {
        if (name == QLatin1String("answer"))
            return QJsonDocument::fromJson(value.toUtf8()).object();
    }
    return {};
}

} // namespace

RouteDraft::RouteDraft(client::AdminApi &api, Shortcuts &shortcuts, QObject *parent)
    : QObject(parent)
    , m_api(api)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(checkDelay);
    connect(&m_delay, &QTimer::timeout, this, &RouteDraft::check);
    makeActions(shortcuts);
    updateActions();
}

RouteDraft::~RouteDraft() = default;

void RouteDraft::makeActions(Shortcuts &shortcuts)
{
    m_review = shortcuts.make(QStringLiteral("route.review"), this);
    m_dryRun = shortcuts.make(QStringLiteral("route.dry-run"), this);
    m_apply = shortcuts.make(QStringLiteral("route.apply"), this);
    m_undo = shortcuts.make(QStringLiteral("route.undo"), this);
    m_history = shortcuts.make(QStringLiteral("route.history"), this);
    m_undoEdit = shortcuts.make(QStringLiteral("route.undo-edit"), this);
    m_redoEdit = shortcuts.make(QStringLiteral("route.redo-edit"), this);
    m_discard = shortcuts.make(QStringLiteral("route.discard"), this);
    for (QAction *const action : {m_undoEdit, m_redoEdit}) // in the form, too
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_apply, &QAction::triggered, this, &RouteDraft::apply);
    connect(m_undo, &QAction::triggered, this, &RouteDraft::undoApply);
    connect(m_undoEdit, &QAction::triggered, this, &RouteDraft::undoEdit);
    connect(m_redoEdit, &QAction::triggered, this, &RouteDraft::redoEdit);
    connect(m_discard, &QAction::triggered, this, &RouteDraft::discard);
}

void RouteDraft::updateActions()
{
    const bool isChanged = isLoaded() && isDirty();
    m_review->setEnabled(isChanged);
    m_dryRun->setEnabled(isChanged && errors() == 0);
    m_apply->setEnabled(isChanged && errors() == 0 && !m_isApplying);
    m_undo->setEnabled(m_before > 0 && !m_isApplying);
    m_history->setEnabled(isLoaded());
    m_undoEdit->setEnabled(!m_undoSteps.empty());
    m_redoEdit->setEnabled(!m_redoSteps.empty());
    m_discard->setEnabled(isChanged);
}

int RouteDraft::errors() const
{
    return int(std::ranges::count_if(m_problems, &RouteProblem::isError));
}

void RouteDraft::poll()
{
    if (std::exchange(m_isPolling, true))
        return;
    m_api.call(client::Op::Config, this,
               [this, asked = m_applies](const Result<QJsonObject> &answer) {
                   m_isPolling = false;
                   Q_EMIT reached(answer ? QString() : answer.error().text());
                   if (asked != m_applies) { // it may say what was in force before the apply
                       poll();
                       return;
                   }
                   const QString before = m_base;
                   if (answer)
                       takeConfig(*answer);
                   if (m_again)
                       tryAgain(answer && (*answer)["text"].toString() == before);
               });
}

void RouteDraft::takeConfig(const QJsonObject &json)
{
    const auto generation = quint64(json["generation"].toInteger());
    const QString text = json["text"].toString();
    m_file = json["file"].toString();
    if (m_isApplying)
        return; // the answer of the apply says more
    if (generation != m_generation && isLoaded() && text == m_base) {
        m_generation = generation; // the file was read again: nothing has changed
        Q_EMIT baseChanged();
    }
    if (generation != m_generation) {
        if (isLoaded() && isDirty() && text != m_text) {
            setConflict(Conflict{generation, text, false});
            return;
        }
        adopt(text, generation);
    }
    if (json.contains(QLatin1String("on_disk")))
        setConflict(Conflict{generation, json["on_disk"].toString(), true});
    else
        setConflict(std::nullopt);
}

void RouteDraft::adopt(const QString &text, quint64 generation)
{
    const bool isFollowing = !isDirty();
    m_base = text;
    m_generation = generation;
    if (isFollowing && m_text != text) {
        if (!m_text.isEmpty())
            remember(); // what was applied here and rolled back elsewhere is not lost
        m_text = text;
        m_step.clear();
        Q_EMIT textChanged();
    }
    Q_EMIT baseChanged();
    m_delay.start();
    updateActions();
}

void RouteDraft::setConflict(std::optional<Conflict> conflict)
{
    const bool isSame = conflict.has_value() == m_conflict.has_value()
        && (!conflict
            || (conflict->generation == m_conflict->generation
                && conflict->theirs == m_conflict->theirs
                && conflict->isOnDisk == m_conflict->isOnDisk));
    if (isSame)
        return;
    m_conflict = std::move(conflict);
    Q_EMIT conflictChanged();
}

void RouteDraft::remember()
{
    m_undoSteps.push_back(m_text);
    qint64 bytes = 0;
    for (const QString &step : m_undoSteps)
        bytes += step.size() * qint64(sizeof(QChar));
    while (m_undoSteps.size() > 1 && (m_undoSteps.size() > mostSteps || bytes > mostStepBytes)) {
        bytes -= m_undoSteps.front().size() * qint64(sizeof(QChar));
        m_undoSteps.erase(m_undoSteps.begin());
    }
    m_redoSteps.clear();
}

void RouteDraft::replace(const QString &text)
{
    m_text = text;
    m_delay.start();
    updateActions();
    Q_EMIT textChanged();
}

void RouteDraft::setText(const QString &text, const QString &step)
{
    if (text == m_text)
        return;
    if (step.isEmpty() || step != m_step)
        remember();
    m_step = step;
    replace(text);
}

bool RouteDraft::edit(const Result<YamlEdit> &edit, const QString &step)
{
    if (!edit) {
        Q_EMIT failed(edit.error().text());
        return false;
    }
    setText(edit->appliedTo(m_text), step);
    return true;
}

void RouteDraft::undoEdit()
{
    if (m_undoSteps.empty())
        return;
    m_redoSteps.push_back(m_text);
    const QString text = std::move(m_undoSteps.back());
    m_undoSteps.pop_back();
    m_step.clear();
    replace(text);
}

void RouteDraft::redoEdit()
{
    if (m_redoSteps.empty())
        return;
    m_undoSteps.push_back(m_text);
    const QString text = std::move(m_redoSteps.back());
    m_redoSteps.pop_back();
    m_step.clear();
    replace(text);
}

void RouteDraft::discard()
{
    setText(m_base);
}

void RouteDraft::check()
{
    if (!isLoaded())
        return;
    const QString text = m_text;
    m_api.call(client::Op::ConfigDiff, {}, {{"text", text}, {"base", qint64(m_generation)}}, this,
               [this, text](const Result<QJsonObject> &answer) { takeCheck(text, answer); });
}

void RouteDraft::takeCheck(const QString &text, const Result<QJsonObject> &answer)
{
    if (text != m_text)
        return; // a later check is on its way
    if (!answer) {
        Q_EMIT reached(answer.error().text());
        return;
    }
    m_checkedText = text;
    m_problems = problemsFrom((*answer)["findings"].toArray());
    m_sentences.clear();
    for (const QJsonValue &change : (*answer)["changes"].toArray())
        m_sentences << change["sentence"].toString();
    m_diff = (*answer)["diff"].toString();
    updateActions();
    Q_EMIT checked();
}

void RouteDraft::apply()
{
    if (!isDirty() || errors() > 0 || std::exchange(m_isApplying, true))
        return;
    updateActions();
    const QString text = m_text;
    m_api.call(client::Op::ConfigApply, {},
               {{"text", text},
                {"expected_generation", qint64(m_generation)},
                {"author", author()},
                {"comment", m_comment}},
               this, [this, text](const Result<QJsonObject> &answer) {
                   takeApplied(text, answer, [this] { apply(); });
               });
}

void RouteDraft::rollBack(quint64 generation)
{
    if (std::exchange(m_isApplying, true))
        return;
    updateActions();
    m_api.call(client::Op::ConfigRollback, {},
               {{"generation", qint64(generation)},
                {"expected_generation", qint64(m_generation)},
                {"author", author()}},
               this, [this, generation](const Result<QJsonObject> &answer) {
                   takeApplied({}, answer, [this, generation] { rollBack(generation); });
                   poll();
               });
}

void RouteDraft::undoApply()
{
    if (m_before > 0)
        rollBack(m_before);
}

void RouteDraft::takeApplied(const QString &text, const Result<QJsonObject> &answer,
                             const std::function<void()> &again)
{
    m_isApplying = false;
    ++m_applies;
    const bool isRetry = std::exchange(m_isRetry, false);
    if (!answer && answer.error().code() == ErrorCode::Conflict && !isRetry) {
        m_again = again; // if what is in force is still what the draft was made from
        m_refusal = answer.error().text();
        poll();
        updateActions();
        return;
    }
    if (!answer) {
        takeRefusal(answer.error());
        updateActions();
        return;
    }
    const auto generation = quint64((*answer)["generation"].toInteger());
    const auto changes = (*answer)["changes"].toArray().size();
    m_before = m_generation;
    setConflict(std::nullopt);
    if (!text.isEmpty()) {
        m_base = text;
        m_generation = generation;
        Q_EMIT baseChanged();
        m_delay.start();
    }
    m_comment.clear();
    updateActions();
    const QString count = changes == 1 ? tr("1 change") : tr("%1 changes").arg(changes);
    Q_EMIT applied(generation, tr("Applied revision %1: %2").arg(generation).arg(count));
}

/// An engine counts a generation more whenever it reads its file again.
void RouteDraft::tryAgain(bool isUnchanged)
{
    const std::function<void()> again = std::exchange(m_again, nullptr);
    if (!isUnchanged || m_conflict) {
        Q_EMIT failed(m_refusal);
        return;
    }
    m_isRetry = true;
    again();
}

void RouteDraft::takeRefusal(const Error &error)
{
    const QJsonObject answer = answerOf(error);
    if (answer.contains(QLatin1String("findings")) && !answer["findings"].toArray().isEmpty()) {
        m_problems = problemsFrom(answer["findings"].toArray());
        Q_EMIT checked();
    }
    if (error.code() == ErrorCode::Conflict)
        poll(); // brings their text
    Q_EMIT failed(error.text());
}

void RouteDraft::keepMine()
{
    if (!m_conflict)
        return;
    const Conflict conflict = *m_conflict;
    const YamlMerge merge = mergeTexts(m_base, m_text, conflict.theirs);
    if (!conflict.isOnDisk) {
        m_base = conflict.theirs;
        m_generation = conflict.generation;
        setConflict(std::nullopt);
        Q_EMIT baseChanged();
    }
    setText(merge.text);
    m_delay.start();
    updateActions();
    if (merge.overlaps > 0)
        Q_EMIT failed(
            tr("Both changed the same lines in %1 places: yours stand there. Review them.")
                .arg(merge.overlaps));
}

void RouteDraft::takeTheirs()
{
    if (!m_conflict)
        return;
    const Conflict conflict = *m_conflict;
    setText(conflict.theirs);
    if (!conflict.isOnDisk) {
        m_base = conflict.theirs;
        m_generation = conflict.generation;
        setConflict(std::nullopt);
        Q_EMIT baseChanged();
    }
    m_delay.start();
    updateActions();
}

} // namespace gatehouse::ui
