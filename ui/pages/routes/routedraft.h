// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/shortcuts.h"
#include "ui/models/routeproblems.h"
#include "ui/models/yamledit.h"

#include <QTimer>

#include <functional>
#include <optional>

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

/// The configuration while it is being changed: the text, what it was made from, what is wrong
/// with it and what it would change. Owns the actions that work on it. GUI thread.
class RouteDraft : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds checkDelay{300};
    static constexpr std::size_t mostSteps = 200;
    static constexpr qint64 mostStepBytes = 64 * 1024 * 1024; ///< of all undo steps together

    /// Somebody else changed the configuration, or its file, since the draft began.
    struct Conflict
    {
        quint64 generation = 0;
        QString theirs;
        bool isOnDisk = false; ///< in the file only: not in force
    };

    /// Neither is owned; both must outlive the draft.
    RouteDraft(client::AdminApi &api, Shortcuts &shortcuts, QObject *parent = nullptr);
    ~RouteDraft() override;

    /// Asks what is in force. What others changed is taken over, or becomes conflict() if the
    /// draft has changes of its own.
    void poll();
    /// Another engine answers: what the last one was asked will not be answered.
    void forgetQuestions() { m_isPolling = false; }
    [[nodiscard]] bool isLoaded() const { return m_generation > 0; }
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const QString &base() const { return m_base; }
    [[nodiscard]] const QString &file() const { return m_file; }
    [[nodiscard]] quint64 generation() const { return m_generation; }
    [[nodiscard]] bool isDirty() const { return m_text != m_base; }

    /// \a step names what is typed at: changes of the same step are undone together.
    void setText(const QString &text, const QString &step = {});
    /// Applies an edit, or says why it cannot be made.
    bool edit(const Result<YamlEdit> &edit, const QString &step = {});
    void undoEdit();
    void redoEdit();
    void discard();

    // What the engine says of the draft, a moment after the last change.
    [[nodiscard]] const std::vector<RouteProblem> &problems() const { return m_problems; }
    [[nodiscard]] int errors() const;
    [[nodiscard]] bool isChecked() const { return m_checkedText == m_text; }
    [[nodiscard]] const QStringList &sentences() const { return m_sentences; }
    [[nodiscard]] const QString &diff() const { return m_diff; }

    /// The comment of the revision that the next apply makes.
    void setComment(const QString &comment) { m_comment = comment; }
    void apply();
    void rollBack(quint64 generation);
    /// Rolls back what was applied last from here.
    void undoApply();

    [[nodiscard]] const std::optional<Conflict> &conflict() const { return m_conflict; }
    /// The changes of the draft, on top of theirs; where both overlap, the draft wins.
    void keepMine();
    /// Their text. The draft stays among the steps that can be undone.
    void takeTheirs();

    [[nodiscard]] QAction *reviewAction() const { return m_review; }
    [[nodiscard]] QAction *dryRunAction() const { return m_dryRun; }
    [[nodiscard]] QAction *applyAction() const { return m_apply; }
    [[nodiscard]] QAction *undoAction() const { return m_undo; }
    [[nodiscard]] QAction *historyAction() const { return m_history; }
    [[nodiscard]] QAction *undoEditAction() const { return m_undoEdit; }
    [[nodiscard]] QAction *redoEditAction() const { return m_redoEdit; }
    [[nodiscard]] QAction *discardAction() const { return m_discard; }

Q_SIGNALS:
    void textChanged();
    void checked();
    /// What is in force is another one, or is known for the first time.
    void baseChanged();
    void conflictChanged();
    /// \a sentence: "Applied revision 43: 1 change".
    void applied(quint64 generation, const QString &sentence);
    void failed(const QString &sentence);
    /// The engine cannot be asked; empty: it can again.
    void reached(const QString &problem);

private:
    void makeActions(Shortcuts &shortcuts);
    void updateActions();
    void takeConfig(const QJsonObject &json);
    void adopt(const QString &text, quint64 generation);
    void check();
    void takeCheck(const QString &text, const Result<QJsonObject> &answer);
    void takeApplied(const QString &text, const Result<QJsonObject> &answer,
                     const std::function<void()> &again);
    void tryAgain(bool isUnchanged);
    void takeRefusal(const Error &error);
    void replace(const QString &text);
    void remember();
    void setConflict(std::optional<Conflict> conflict);

    client::AdminApi &m_api;
    QTimer m_delay;
    QString m_base;
    QString m_text;
    QString m_file;
    quint64 m_generation = 0;
    quint64 m_before = 0; ///< what undoApply() goes back to; 0: nothing
    std::vector<QString> m_undoSteps;
    std::vector<QString> m_redoSteps;
    QString m_step;
    QString m_checkedText;
    std::vector<RouteProblem> m_problems;
    QStringList m_sentences;
    QString m_diff;
    QString m_comment;
    std::optional<Conflict> m_conflict;
    bool m_isPolling = false;
    bool m_isApplying = false;
    bool m_isRetry = false;
    int m_applies = 0;             ///< answered so far
    std::function<void()> m_again; ///< what was refused because of its generation
    QString m_refusal;

    QAction *m_review = nullptr;
    QAction *m_dryRun = nullptr;
    QAction *m_apply = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_history = nullptr;
    QAction *m_undoEdit = nullptr;
    QAction *m_redoEdit = nullptr;
    QAction *m_discard = nullptr;
};

} // namespace gatehouse::ui
