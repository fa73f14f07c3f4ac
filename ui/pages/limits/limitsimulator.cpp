// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/limitsimulator.h"

#include "engine/client/adminapi.h"
#include "ui/models/limitsimulation.h"
#include "ui/pages/limits/simulationchart.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>

namespace gatehouse::ui {

LimitSimulator::LimitSimulator(client::AdminApi &api, QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_simulation(new LimitSimulation(this))
{
    setAccessibleName(tr("Simulator"));
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(16);
    row->addWidget(makeForm());
    row->addWidget(makeResult(), 1);
    fitForm();
}

LimitSimulator::~LimitSimulator() = default;

QLineEdit *LimitSimulator::addTime(QFormLayout &form, const QString &name, const QString &value,
                                   const QString &hint)
{
    auto *const line = new QLineEdit(value);
    line->setFont(type::data());
    line->setPlaceholderText(hint);
    line->setAccessibleName(name);
    line->setMaximumWidth(type::px(110));
    connect(line, &QLineEdit::returnPressed, this, &LimitSimulator::run);
    form.addRow(label(name, "second"), line);
    return line;
}

QSpinBox *LimitSimulator::addNumber(QFormLayout &form, const QString &name, int value, int lowest)
{
    auto *const box = new QSpinBox;
    box->setRange(lowest, 1'000'000);
    box->setValue(value);
    box->setGroupSeparatorShown(true);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setAccessibleName(name);
    box->setMaximumWidth(type::px(110));
    form.addRow(label(name, "second"), box);
    return box;
}

QWidget *LimitSimulator::makeForm()
{
    auto *const panel = new QWidget;
    panel->setFixedWidth(type::px(230));
    auto *const form = new QFormLayout(panel);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(6);
    form->setHorizontalSpacing(12);
    form->addRow(label(tr("RULE"), "section"));
    m_algorithm = new Picker(tr("Algorithm"));
    for (const LimitAlgorithm algorithm :
         {LimitAlgorithm::TokenBucket, LimitAlgorithm::FixedWindow, LimitAlgorithm::SlidingWindow,
          LimitAlgorithm::LeakyBucket, LimitAlgorithm::PenaltyWindow})
        m_algorithm->addItem(limitAlgorithmWords(algorithm), limitAlgorithmName(algorithm));
    form->addRow(m_algorithm);
    m_limit = addNumber(*form, tr("Limit"), 5, 1);
    m_window = addTime(*form, tr("Window"), QStringLiteral("10s"), QStringLiteral("10s"));
    m_burst = addNumber(*form, tr("Burst"), 5, 0);
    m_penalty = addTime(*form, tr("Penalty"), {}, tr("none"));
    form->addRow(label(tr("REQUESTS"), "section"));
    m_rate = addNumber(*form, tr("Each second"), 1, 0);
    m_duration = addTime(*form, tr("For"), QStringLiteral("60s"), QStringLiteral("60s"));
    m_burstSize = addNumber(*form, tr("Burst of"), 0, 0);
    m_burstEvery = addTime(*form, tr("Every"), {}, tr("no bursts"));
    auto *const running = new QPushButton(tr("Simulate"));
    running->setProperty("kind", "primary");
    running->setAccessibleName(running->text());
    form->addRow(running);
    connect(running, &QPushButton::clicked, this, &LimitSimulator::run);
    connect(m_algorithm, &QComboBox::activated, this, &LimitSimulator::fitForm);
    return panel;
}

QWidget *LimitSimulator::makeResult()
{
    auto *const panel = new QWidget;
    m_sentence = paragraph(tr("Nothing is sent: the engine works out what would happen."),
                           "headline", panel);
    auto *const table = new QTableView;
    table->setModel(m_simulation);
    table->setAccessibleName(tr("Simulated requests"));
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setTabKeyNavigation(false);
    auto *const views = new QTabWidget;
    views->setAccessibleName(tr("Simulation"));
    views->setDocumentMode(true);
    views->tabBar()->setAccessibleName(tr("Views of the simulation"));
    auto *const chart = new SimulationChart(*m_simulation);
    connect(chart, &SimulationChart::tableWanted, views, [views, table] {
        views->setCurrentWidget(table);
        table->setFocus();
    });
    views->addTab(chart, tr("Chart"));
    views->addTab(table, tr("Table"));
    auto *const column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sentence);
    column->addWidget(views, 1);
    return panel;
}

/// What the algorithm does not ask for cannot be entered.
void LimitSimulator::fitForm()
{
    const LimitAlgorithm algorithm = limitAlgorithm(m_algorithm->currentData().toString());
    m_burst->setEnabled(algorithm == LimitAlgorithm::TokenBucket
                        || algorithm == LimitAlgorithm::LeakyBucket);
    m_penalty->setEnabled(algorithm == LimitAlgorithm::PenaltyWindow
                          || algorithm == LimitAlgorithm::LeakyBucket);
}

void LimitSimulator::setRule(const LimitInfo &limit)
{
    const int at = m_algorithm->findData(limitAlgorithmName(limit.algorithm));
    if (at < 0)
        return; // concurrency: what it allows depends on how long requests run
    m_algorithm->setCurrentIndex(at);
    m_limit->setValue(int(limit.limit));
    m_window->setText(secondsSetting(limit.windowSeconds));
    // A leaky bucket holds the one that leaves now besides those that came early.
    const bool isLeaky = limit.algorithm == LimitAlgorithm::LeakyBucket;
    m_burst->setValue(int(limit.capacity) - (isLeaky ? 1 : 0));
    m_penalty->setText(limit.penaltySeconds > 0 ? secondsSetting(limit.penaltySeconds) : QString());
    fitForm();
}

QJsonObject LimitSimulator::question() const
{
    QJsonObject rule{{"algorithm", m_algorithm->currentData().toString()},
                     {"limit", m_limit->value()},
                     {"window", m_window->text().trimmed()},
                     {"burst", m_burst->value()}};
    if (m_penalty->isEnabled() && !m_penalty->text().trimmed().isEmpty())
        rule.insert("penalty", m_penalty->text().trimmed());
    QJsonObject pattern{{"rate", m_rate->value()},
                        {"duration", m_duration->text().trimmed()},
                        {"burst", m_burstSize->value()}};
    if (!m_burstEvery->text().trimmed().isEmpty())
        pattern.insert("burst_every", m_burstEvery->text().trimmed());
    return {{"rule", rule}, {"pattern", pattern}};
}

void LimitSimulator::run()
{
    const int job = ++m_job;
    m_api.call(client::Op::SimulateLimit, {}, question(), this,
               [this, job](const Result<QJsonObject> &answer) {
                   if (job != m_job)
                       return;
                   if (answer)
                       m_simulation->set(*answer);
                   else
                       m_simulation->clear();
                   m_sentence->setText(answer ? m_simulation->sentence() : answer.error().text());
               });
}

QString LimitSimulator::sentence() const
{
    return m_sentence->text();
}

} // namespace gatehouse::ui
