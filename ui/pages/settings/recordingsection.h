// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/pages/settings/preferencesection.h"

class QSpinBox;
class QTableView;

namespace gatehouse::ui {

class CaptureRules;
class Preferences;

/// What the gateway records of the traffic, and how much of it is kept.
class RecordingSection : public PreferenceSection
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the section.
    RecordingSection(Preferences &preferences, client::AdminApi &api, QWidget *parent = nullptr);
    ~RecordingSection() override;

    /// Asks the engine what is in force. What is edited and not applied stays.
    void refresh();
    [[nodiscard]] bool isDirty() const override;
    /// Puts it into force in the engine, too; what that says is shown when it comes.
    bool apply() override;
    void cancel() override;
    void resetToDefaults() override;

    [[nodiscard]] CaptureRules &rules() const { return *m_rules; }
    [[nodiscard]] QString sentence() const;

private:
    void makeWords();
    [[nodiscard]] QWidget *makeRules();
    void take(const QJsonObject &recording);
    void showWords();
    void showProblems();
    void send();

    Preferences &m_preferences;
    client::AdminApi &m_api;
    CaptureRules *m_rules;
    QTableView *m_table = nullptr;
    QSpinBox *m_bodyCap = nullptr;
    QLabel *m_bodyCapProblem = nullptr;
    QLabel *m_rulesProblem = nullptr;
    QLabel *m_words = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_engineProblem = nullptr;
    QJsonObject m_inForce; ///< the last answer of the engine
};

} // namespace gatehouse::ui
