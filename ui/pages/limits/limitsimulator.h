// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class LimitSimulation;

/// What a rule would allow of a pattern of requests, without a request: as a chart, a sentence and
/// a table.
class LimitSimulator : public QWidget
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the simulator.
    explicit LimitSimulator(client::AdminApi &api, QWidget *parent = nullptr);
    ~LimitSimulator() override;

    /// Writes the rule of \a limit into the form.
    void setRule(const LimitInfo &limit);
    void run();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] LimitSimulation &simulation() const { return *m_simulation; }

private:
    [[nodiscard]] QWidget *makeForm();
    [[nodiscard]] QWidget *makeResult();
    QLineEdit *addTime(QFormLayout &form, const QString &name, const QString &value,
                       const QString &hint);
    QSpinBox *addNumber(QFormLayout &form, const QString &name, int value, int lowest);
    [[nodiscard]] QJsonObject question() const;
    void fitForm();

    client::AdminApi &m_api;
    LimitSimulation *m_simulation;
    QComboBox *m_algorithm = nullptr;
    QSpinBox *m_limit = nullptr;
    QLineEdit *m_window = nullptr;
    QSpinBox *m_burst = nullptr;
    QLineEdit *m_penalty = nullptr;
    QSpinBox *m_rate = nullptr;
    QLineEdit *m_duration = nullptr;
    QSpinBox *m_burstSize = nullptr;
    QLineEdit *m_burstEvery = nullptr;
    QLabel *m_sentence = nullptr;
    int m_job = 0;
};

} // namespace gatehouse::ui
