// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/repeatpanel.h"

#include "ui/models/units.h"
#include "ui/pages/composer/problemline.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

namespace gatehouse::ui {

namespace {

QSpinBox *spin(int least, int most, int value, const QString &name, QWidget *parent)
{
    auto *const made = new QSpinBox(parent);
    made->setRange(least, most);
    made->setValue(value);
    made->setButtonSymbols(QAbstractSpinBox::NoButtons);
    made->setAccessibleName(name);
    made->setFont(type::data());
    made->setFixedWidth(type::px(84));
    return made;
}

/// "200 × 88, 429 × 12".
QString countsText(const QMap<QString, int> &counts)
{
    QStringList parts;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        parts << QStringLiteral("%1 × %2").arg(it.key()).arg(it.value());
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
}

/// Some may not be recorded, or have made room for others: then it says of how many they are.
QString decisionsText(const RepeatResult &result)
{
    const QString counts = countsText(result.decisions);
    if (!result.isRecorded || result.decided >= result.done)
        return counts;
    return RepeatPanel::tr("%1 (decisions of %2 of %3 answers)")
        .arg(counts, groupedNumber(result.decided), groupedNumber(result.done));
}

struct Fact
{
    QString name;
    std::function<QString(const RepeatResult &)> text;
};

QString percentile(const RepeatResult &result, double share)
{
    return result.durations.count() == 0
        ? QStringLiteral("–")
        : durationQuantity(result.durations.percentile(share)).text();
}

std::vector<Fact> facts()
{
    const auto tr = [](const char *text) { return RepeatPanel::tr(text); };
    return {
        {tr("Answers"),
         [](const RepeatResult &r) {
             return RepeatPanel::tr("%1 of %2").arg(r.done).arg(r.wanted);
         }},
        {tr("Status"), [](const RepeatResult &r) { return countsText(r.statuses); }},
        {tr("Decision"), &decisionsText},
        {tr("p50"), [](const RepeatResult &r) { return percentile(r, 0.5); }},
        {tr("p90"), [](const RepeatResult &r) { return percentile(r, 0.9); }},
        {tr("p99"), [](const RepeatResult &r) { return percentile(r, 0.99); }},
        {tr("Slowest"), [](const RepeatResult &r) { return percentile(r, 1); }},
        {tr("Rate"),
         [](const RepeatResult &r) {
             return r.elapsedUs == 0
                 ? QStringLiteral("–")
                 : rateQuantity(double(r.done) * 1e6 / double(r.elapsedUs)).text();
         }},
        {tr("Took"),
         [](const RepeatResult &r) { return durationQuantity(r.elapsedUs * 1000).text(); }},
        {tr("Bodies"), [](const RepeatResult &r) { return sizeQuantity(r.bytes).text(); }},
        {tr("Ended"),
         [](const RepeatResult &r) {
             return r.ending.isEmpty() ? RepeatPanel::tr("running") : r.ending;
         }},
    };
}

} // namespace

RepeatPanel::RepeatPanel(client::AdminApi &api, QWidget *parent)
    : QWidget(parent)
    , m_repeat(api)
    , m_count(spin(1, ComposerRepeat::mostCount, 100, tr("How many times"), this))
    , m_pace(new Picker(tr("Pace"), this))
    , m_concurrency(spin(1, ComposerRepeat::mostConcurrency, 4, tr("At a time"), this))
    , m_rate(spin(1, int(ComposerRepeat::mostPerSecond), 10, tr("Requests per second"), this))
    , m_rateUnit(label({}, "second", this))
    , m_untilChange(new QCheckBox(tr("Stop when the decision of the gateway changes"), this))
    , m_start(new QPushButton(tr("Start"), this))
    , m_showChange(new QPushButton(tr("Show where it changed"), this))
    , m_progress(new QProgressBar(this))
    , m_problem(new ProblemLine(this))
    , m_table(new QTreeWidget(this))
{
    m_table->setAccessibleName(tr("Results"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QWidget *const form = makeForm();
    form->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    column->addWidget(form);
    column->addWidget(m_progress);
    column->addWidget(m_table, 1);
    column->addStretch(0);
    m_table->setFrameShape(QFrame::NoFrame);
    connect(m_pace, &QComboBox::currentIndexChanged, this, &RepeatPanel::showPace);
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_repeat.isRunning())
            m_repeat.stop();
        else
            Q_EMIT startWanted();
    });
    connect(m_showChange, &QPushButton::clicked, this,
            [this] { Q_EMIT showWanted(m_results.front().changedAt); });
    connect(&m_repeat, &ComposerRepeat::progressed, this, &RepeatPanel::showProgress);
    connect(&m_repeat, &ComposerRepeat::finished, this, &RepeatPanel::keepResult);
    showPace();
    showResults();
}

RepeatPanel::~RepeatPanel() = default;

QWidget *RepeatPanel::makeForm()
{
    m_pace->addItems({tr("as fast as"), tr("at a rate of")});
    m_start->setProperty("kind", "primary");
    auto *const form = new QWidget(this);
    auto *const line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(label(tr("Send"), "second", form));
    line->addWidget(m_count);
    line->addWidget(label(tr("times,"), "second", form));
    line->addWidget(m_pace);
    line->addWidget(m_concurrency);
    line->addWidget(m_rate);
    line->addWidget(m_rateUnit);
    line->addStretch();
    auto *const buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start);
    buttons->addWidget(m_showChange);
    buttons->addWidget(m_problem, 1);
    buttons->addStretch();
    auto *const column = new QVBoxLayout(form);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addLayout(line);
    column->addWidget(m_untilChange);
    column->addLayout(buttons);
    m_showChange->hide();
    return form;
}

void RepeatPanel::showPace()
{
    const bool hasRate = m_pace->currentIndex() == 1;
    m_rate->setVisible(hasRate);
    m_concurrency->setVisible(!hasRate);
    m_rateUnit->setText(hasRate ? tr("per second") : tr("at a time can"));
}

RepeatPlan RepeatPanel::plan() const
{
    const bool hasRate = m_pace->currentIndex() == 1;
    return {m_count->value(), hasRate ? ComposerRepeat::mostConcurrency : m_concurrency->value(),
            hasRate ? double(m_rate->value()) : 0, m_untilChange->isChecked()};
}

void RepeatPanel::setPlan(const RepeatPlan &plan)
{
    m_count->setValue(plan.count);
    m_pace->setCurrentIndex(plan.perSecond > 0 ? 1 : 0);
    m_concurrency->setValue(plan.concurrency);
    if (plan.perSecond > 0)
        m_rate->setValue(int(plan.perSecond));
    m_untilChange->setChecked(plan.untilDecisionChanges);
}

void RepeatPanel::start(const client::OutgoingRequest &request, bool isRecorded,
                        const QString &title)
{
    RepeatPlan wanted = plan();
    m_problem->clear();
    if (!isRecorded && wanted.untilDecisionChanges) {
        say(tr("Past the gateway there are no decisions: send through it, or take the mark away."));
        return;
    }
    m_repeat.stop();
    m_results.push_front({});
    if (m_results.size() > mostResults)
        m_results.pop_back();
    m_start->setText(tr("Stop"));
    m_progress->setRange(0, wanted.count);
    m_progress->show();
    m_showChange->hide();
    m_repeat.start(request, wanted, isRecorded, title);
    showProgress();
}

void RepeatPanel::say(const QString &sentence)
{
    m_problem->say(ProblemLine::Mood::Error, sentence);
}

void RepeatPanel::showProgress()
{
    m_results.front() = m_repeat.result();
    m_progress->setValue(m_repeat.result().done);
    showResults();
}

void RepeatPanel::keepResult()
{
    showProgress();
    m_start->setText(tr("Start"));
    m_progress->hide();
    m_showChange->setVisible(m_results.front().changedAt != 0);
    if (!m_results.front().errors.isEmpty())
        say(m_results.front().errors.first());
}

void RepeatPanel::showResults()
{
    QStringList titles{QString()};
    for (std::size_t i = 0; i < m_results.size(); ++i)
        titles << (i == 0 ? tr("This run") : tr("%1 before").arg(i));
    if (m_table->columnCount() != titles.size() || m_table->topLevelItemCount() == 0) {
        m_table->clear();
        m_table->setColumnCount(int(titles.size()));
        m_table->setHeaderLabels(titles);
        m_table->header()->resizeSection(0, type::px(90));
        for (int i = 1; i < titles.size(); ++i)
            m_table->header()->resizeSection(i, type::px(170));
        for (const Fact &fact : facts()) {
            auto *const item = new QTreeWidgetItem(m_table, {fact.name});
            item->setForeground(0, Theme::current().color(Token::Text2));
        }
    }
    m_table->setVisible(!m_results.empty());
    const std::vector<Fact> all = facts();
    for (std::size_t i = 0; i < m_results.size(); ++i) {
        for (std::size_t row = 0; row < all.size(); ++row) {
            QTreeWidgetItem *const item = m_table->topLevelItem(int(row));
            const QString text = all[row].text(m_results[i]);
            item->setText(int(i) + 1, text);
            item->setToolTip(int(i) + 1, text.toHtmlEscaped());
            item->setFont(int(i) + 1, type::data());
        }
    }
}

} // namespace gatehouse::ui
