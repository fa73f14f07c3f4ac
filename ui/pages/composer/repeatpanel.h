// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerrepeat.h"

#include <QWidget>

#include <deque>

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace gatehouse::ui {

class ProblemLine;

/// Sends a request many times and shows how it went; earlier runs stay beside each other.
class RepeatPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t mostResults = 10;

    /// \a api is not owned and must outlive the panel.
    explicit RepeatPanel(client::AdminApi &api, QWidget *parent = nullptr);
    ~RepeatPanel() override;

    void start(const client::OutgoingRequest &request, bool isRecorded, const QString &title);
    void say(const QString &sentence);
    [[nodiscard]] RepeatPlan plan() const;
    void setPlan(const RepeatPlan &plan);
    [[nodiscard]] const std::deque<RepeatResult> &results() const { return m_results; }
    [[nodiscard]] QPushButton *startButton() const { return m_start; }

Q_SIGNALS:
    /// The button was pressed: start() is to be called, or say() why not.
    void startWanted();
    /// To the exchange at which the decision changed.
    void showWanted(quint64 seq);

private:
    [[nodiscard]] QWidget *makeForm();
    void showPace();
    void showProgress();
    void showResults();
    void keepResult();

    ComposerRepeat m_repeat;
    std::deque<RepeatResult> m_results; ///< the newest first
    QSpinBox *m_count;
    QComboBox *m_pace;
    QSpinBox *m_concurrency;
    QSpinBox *m_rate;
    QLabel *m_rateUnit;
    QCheckBox *m_untilChange;
    QPushButton *m_start;
    QPushButton *m_showChange;
    QProgressBar *m_progress;
    ProblemLine *m_problem;
    QTreeWidget *m_table;
};

} // namespace gatehouse::ui
