// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/recordingsection.h"

#include "ui/models/units.h"
#include "ui/pages/settings/capturerules.h"
#include "ui/pages/settings/keepdelegate.h"
#include "ui/settings/preferences.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

namespace gatehouse::ui {

namespace {

constexpr int leastMegabytes = 17; ///< the engine wants 16 MiB at least
constexpr qint64 megabyte = 1'000'000;
constexpr int usualCap = 1024; ///< KiB

} // namespace

RecordingSection::RecordingSection(Preferences &preferences, client::AdminApi &api, QWidget *parent)
    : PreferenceSection(tr("Recording"),
                        tr("What is kept of the traffic. The oldest goes first when a budget is "
                           "full, bodies before heads; pinned exchanges stay."),
                        parent)
    , m_preferences(preferences)
    , m_api(api)
    , m_rules(new CaptureRules(this))
{
    addChoice(preferences.recording,
              {{"summary", tr("Summary")}, {"heads", tr("Heads")}, {"bodies", tr("Bodies")}}, {});
    makeWords();
    addNumber(preferences.memoryBudget, leastMegabytes, 65536, tr("MB"),
              tr("In memory: the list, and what is newest of heads and bodies."));
    addNumber(preferences.diskBudget, leastMegabytes, 1 << 20, tr("MB"),
              tr("In a file that only you can read, in the folder for caches."));
    addNumber(preferences.capturesKept, 0, 1000, tr("captures"),
              tr("So many of these files stay when a window closes, the newest; File, Open the "
                 "last capture shows one again."));
    m_bodyCap = new QSpinBox(this);
    m_bodyCap->setRange(0, 1 << 20);
    m_bodyCap->setValue(usualCap);
    m_bodyCap->setSuffix(tr(" KiB"));
    m_bodyCap->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_bodyCap->setMaximumWidth(type::px(130));
    m_bodyCapProblem = addRow(tr("Body cap"), m_bodyCap,
                              tr("Of each body, what is longer is cut and marked as cut."));
    m_rulesProblem =
        addRow(tr("Capture rules"), makeRules(),
               tr("The first rule whose filter fits decides; the rest is kept as above."
                  " They live in the running engine."));
    m_engineProblem = paragraph({}, "error", this);
    m_state = paragraph({}, "muted", this);
    column().addWidget(m_engineProblem);
    column().addWidget(m_state);
    column().addStretch();
    connect(m_bodyCap, &QSpinBox::valueChanged, this, &SettingsSection::edited);
    connect(m_rules, &CaptureRules::edited, this, [this] {
        showProblems();
        Q_EMIT edited();
    });
    connect(&preferences.recording, &SettingBase::editedChanged, this,
            &RecordingSection::showWords);
    showWords();
    refresh();
}

RecordingSection::~RecordingSection() = default;

void RecordingSection::makeWords()
{
    m_words = paragraph({}, "muted", this);
    column().addWidget(m_words);
    column().addSpacing(12);
}

QWidget *RecordingSection::makeRules()
{
    auto *const box = new QWidget(this);
    box->setAccessibleName(tr("Capture rules"));
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_table = new QTableView(box);
    m_table->setModel(m_rules);
    m_table->setItemDelegate(new KeepDelegate(m_table));
    m_table->setAccessibleName(tr("Capture rules"));
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setFixedHeight(type::px(150));
    m_table->verticalHeader()->setDefaultSectionSize(type::px(26));
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(CaptureRules::When, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(CaptureRules::Keep, type::px(110));
    m_table->horizontalHeader()->resizeSection(CaptureRules::BodyCap, type::px(110));
    auto *const tools = new QHBoxLayout;
    tools->setSpacing(8);
    const auto add = [&](const QString &text, const std::function<void(int)> &slot) {
        auto *const button = new QPushButton(text, box);
        tools->addWidget(button);
        connect(button, &QPushButton::clicked, this,
                [this, slot] { slot(m_table->currentIndex().row()); });
    };
    add(tr("Add a rule"), [this](int) {
        m_rules->addRule();
        m_table->edit(m_rules->index(m_rules->rowCount() - 1, CaptureRules::When));
    });
    add(tr("Remove"), [this](int row) { m_rules->removeRows(row, 1); });
    add(tr("Up"), [this](int row) { m_rules->move(row, -1); });
    add(tr("Down"), [this](int row) { m_rules->move(row, 1); });
    tools->addStretch();
    auto *const column = new QVBoxLayout(box);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(m_table);
    column->addLayout(tools);
    return box;
}

void RecordingSection::showWords()
{
    const QString level = m_preferences.recording.edited();
    if (level == QLatin1String("summary"))
        m_words->setText(tr("Kept: who asked for what, the decision, and every step with its time. "
                            "No headers, no bodies."));
    else if (level == QLatin1String("heads"))
        m_words->setText(tr("Kept: the same, and the headers of all four messages. No bodies. "
                            "Credentials are stored, and masked wherever they are shown."));
    else
        m_words->setText(tr("Kept: the same, and bodies up to the cap. Credentials are stored, and "
                            "masked wherever they are shown."));
}

void RecordingSection::refresh()
{
    m_api.call(client::Op::Recording, this, [this](const Result<QJsonObject> &recording) {
        if (recording)
            take(*recording);
        sayAt(*m_engineProblem,
              recording ? QString()
                        : tr("The engine does not answer: %1. What is set counts from "
                             "its next start.")
                              .arg(recording.error().message()));
    });
}

void RecordingSection::take(const QJsonObject &recording)
{
    const bool hasEdits = isDirty();
    m_inForce = recording;
    m_state->setText(tr("Now: %1 exchanges, %2 in memory, %3 on disk. %4 have gone to make room.")
                         .arg(groupedNumber(recording["held"].toInteger()),
                              sizeQuantity(recording["memory_used"].toInteger()).text(),
                              sizeQuantity(recording["disk_used"].toInteger()).text(),
                              groupedNumber(recording["evicted"].toInteger())));
    if (hasEdits)
        return;
    const QSignalBlocker quiet(m_bodyCap);
    m_bodyCap->setValue(int(recording["body_cap"].toInteger(usualCap * 1024) / 1024));
    m_rules->setRules(recording["rules"].toArray());
    showProblems();
    Q_EMIT edited();
}

bool RecordingSection::isDirty() const
{
    if (PreferenceSection::isDirty())
        return true;
    return !m_inForce.isEmpty()
        && (m_bodyCap->value() != int(m_inForce["body_cap"].toInteger() / 1024)
            || m_rules->toJson() != m_inForce["rules"].toArray());
}

void RecordingSection::showProblems()
{
    sayAt(*m_rulesProblem, m_rules->firstProblem());
}

bool RecordingSection::apply()
{
    showProblems();
    if (!m_rules->firstProblem().isEmpty())
        return false;
    const bool wasDirty = isDirty();
    if (!PreferenceSection::apply())
        return false;
    if (wasDirty)
        send();
    return true;
}

void RecordingSection::send()
{
    const QJsonObject body{{"level", m_preferences.recording.value()},
                           {"memory_budget", m_preferences.memoryBudget.value() * megabyte},
                           {"disk_budget", m_preferences.diskBudget.value() * megabyte},
                           {"body_cap", qint64(m_bodyCap->value()) * 1024},
                           {"rules", m_rules->toJson()}};
    m_api.call(client::Op::SetRecording, {}, body, this, [this](const Result<QJsonObject> &done) {
        if (done) {
            m_inForce = {};
            take(*done);
            sayAt(*m_engineProblem, {});
        } else {
            sayAt(*m_engineProblem, tr("The engine did not take it: %1").arg(done.error().text()));
        }
        Q_EMIT edited();
    });
}

void RecordingSection::cancel()
{
    PreferenceSection::cancel();
    m_bodyCap->setValue(int(m_inForce["body_cap"].toInteger(usualCap * 1024) / 1024));
    m_rules->setRules(m_inForce["rules"].toArray());
    showProblems();
}

void RecordingSection::resetToDefaults()
{
    PreferenceSection::resetToDefaults();
    m_bodyCap->setValue(usualCap);
    m_rules->setRules({});
    showProblems();
    Q_EMIT edited();
}

QString RecordingSection::sentence() const
{
    return m_rulesProblem->text().isEmpty() ? m_engineProblem->text() : m_rulesProblem->text();
}

} // namespace gatehouse::ui
