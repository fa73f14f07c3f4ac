// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/trafficpage.h"

#include "engine/filter/columnfield.h"
#include "ui/actions/shortcuts.h"
#include "ui/models/beforeafter.h"
#include "ui/models/filtertext.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/traffic/exchangeloader.h"
#include "ui/pages/traffic/filterbar.h"
#include "ui/pages/traffic/listpane.h"
#include "ui/pages/traffic/rowcommands.h"
#include "ui/pages/traffic/skippedlist.h"
#include "ui/settings/preferences.h"
#include "ui/settings/type.h"
#include "ui/widgets/listdetailsplitter.h"
#include "ui/widgets/revisioncompare.h"

#include <QCryptographicHash>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

constexpr const char *highlightsKey = "traffic/highlights";
constexpr const char *filterKey = "traffic/filter";
constexpr const char *firstRunKey = "traffic/first-steps-closed";
constexpr QLatin1String fieldsSuffix("-fields");
constexpr const char *hello = "/hello/gatehouse";
constexpr qsizetype mostSummed = 200'000; ///< records of a selection that are counted

} // namespace

TrafficPage::TrafficPage(const Links &links, QWidget *parent)
    : QWidget(parent)
    , m_links(links)
    , m_model(m_store)
    , m_values(links.api)
    , m_runner(m_store, m_model)
    , m_vocabulary(m_store)
    , m_series(m_store)
    , m_pump(links.feed, m_store)
    , m_cold(links.api, m_runner)
    , m_bar(new FilterBar(links.preferences, this))
    , m_list(new ListPane(m_model, m_runner, m_series, links.shortcuts, this))
    , m_detail(new DetailView(links.api, this))
    , m_loader(new ExchangeLoader(links.api, this))
    , m_commands(new RowCommands(links.api, *m_loader, m_store, links.navigator, this))
{
    m_store.setBudget({1'000'000, qint64(links.preferences.memoryBudget.value()) << 20});
    m_model.setValues(&m_values);
    m_bar->edit().setVocabulary(&m_vocabulary);
    auto *const left = new QWidget(this);
    auto *const column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_list, 1);
    auto *const splitter = new ListDetailSplitter(this);
    splitter->addWidget(left);
    splitter->addWidget(makeDetailSide());
    auto *const whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(splitter);
    connectFilter();
    connectList();
    connectActions();
    for (const QString &text : links.preferences.state(highlightsKey).toStringList())
        highlight(text);
    loadColumns();
    m_bar->apply(links.preferences.state(filterKey).toString());
}

TrafficPage::~TrafficPage()
{
    saveColumns();
    m_links.preferences.setState(filterKey, m_bar->edit().expression().format());
    // What the models tell while they go must not reach the views that go before them.
    m_store.disconnect(this);
    m_runner.disconnect(this);
    delete m_list;
    delete m_bar;
    m_model.setValues(nullptr);
}

void TrafficPage::connectFilter()
{
    connect(m_bar, &FilterBar::applied, this, &TrafficPage::applyFilter);
    connect(m_bar, &FilterBar::highlightAdded, this, &TrafficPage::highlight);
    connect(m_bar, &FilterBar::highlightRemoved, this, [this](int index) {
        m_list->view().rules().remove(std::size_t(index));
        saveHighlights();
    });
    connect(&m_runner, &FilterRunner::finished, this,
            [this](quint64, quint32 matched, quint32 total) {
                m_list->setCounts(matched, total);
                Q_EMIT countsChanged(matched, total);
                if (m_wantedSeq != 0 && m_list->view().goTo(m_wantedSeq))
                    m_wantedSeq = 0;
            });
    connect(&m_runner, &FilterRunner::warned, &m_bar->edit(), &FilterEdit::showWarning);
    connect(&m_cold, &ColdFilter::failed, this, &TrafficPage::messageWanted);
    connect(&m_pump, &FeedPump::skippedBefore, &m_model, &TrafficModel::noteSkipped);
    connect(&m_pump, &FeedPump::statusChanged, this, &TrafficPage::statusChanged);
    connect(&m_pump, &FeedPump::missedChanged, this, &TrafficPage::missedChanged);
}

void TrafficPage::connectList()
{
    TrafficView &view = m_list->view();
    connect(&view, &TrafficView::currentChangedLately, this, [this](quint64 seq) {
        if (seq != 0 && m_list->view().selectedSeqs().size() <= 1)
            m_loader->load(seq);
    });
    connect(&view, &TrafficView::selectionCountChanged, this, &TrafficPage::showSelection);
    connect(&view, &TrafficView::filterWanted, this, [this](const QString &text, bool isApplied) {
        if (isApplied)
            m_bar->apply(text);
        else
            m_bar->edit().setText(text, false);
    });
    connect(&view, &TrafficView::highlightWanted, this, &TrafficPage::highlight);
    connect(&view, &TrafficView::filterFocusWanted, &m_bar->edit(), &FilterEdit::focusText);
    connect(&m_bar->edit(), &FilterEdit::left, &view, qOverload<>(&QWidget::setFocus));
    connect(&view, &TrafficView::columnWanted, this, &TrafficPage::addColumn);
    m_detail->offerColumns();
    connect(m_detail, &DetailView::columnWanted, this, &TrafficPage::addColumn);
    connect(&m_values, &ColumnValues::failed, this, &TrafficPage::messageWanted);
    connect(&view, &TrafficView::skippedWanted, this, [this](quint64 seq) {
        auto *const list = new SkippedList(m_links.api, seq, m_model.skippedBefore(seq), this);
        connect(list, &SkippedList::exchangeWanted, m_loader, &ExchangeLoader::load);
        list->show();
    });
    connect(&view, &TrafficView::rowActionWanted, m_commands, &RowCommands::run);
    connect(m_list, &ListPane::filterWanted, this, &TrafficPage::joinFilter);
    connect(m_list, &ListPane::exchangeWanted, this,
            [this](quint64 seq) { jumpTo({{"seq", qulonglong(seq)}}); });
    connect(m_list, &ListPane::compareWanted, this, &TrafficPage::compareRevision);
    connect(m_list, &ListPane::filterClearWanted, this, [this] { m_bar->apply({}); });
    connect(m_list, &ListPane::sampleWanted, this, [this] { sendSample(QLatin1String(hello), 1); });
    connect(m_list, &ListPane::runWanted, this, &TrafficPage::runWanted);
    connect(m_list, &ListPane::attachWanted, this, &TrafficPage::attachWanted);
    connect(m_list, &ListPane::captureWanted, this, &TrafficPage::captureWanted);
    connect(m_loader, &ExchangeLoader::loaded, this, [this](const client::ExchangeDetail &detail) {
        m_detail->setOther(std::nullopt);
        m_detail->showExchange(detail);
    });
    connect(m_loader, &ExchangeLoader::failed, this,
            [this](quint64, const QString &why) { Q_EMIT messageWanted(why); });
    connect(m_commands, &RowCommands::done, this, &TrafficPage::messageWanted);
    connect(m_commands, &RowCommands::failed, this, &TrafficPage::messageWanted);
    connect(m_commands, &RowCommands::compareWanted, this,
            [this](const client::ExchangeDetail &first, const client::ExchangeDetail &second) {
                m_loader->cancel();
                m_detail->showExchange(first);
                m_detail->setOther(second);
                m_detail->setCurrentTab(DetailView::Tab::Compare);
            });
    connect(m_detail, &DetailView::jumpWanted, &m_links.navigator, &Navigator::go);
    connect(m_detail, &DetailView::openPlace, this, [this](const client::Place &place) {
        m_links.navigator.go(
            {QStringLiteral("routes"), {{"file", place.file}, {"line", place.line}}});
    });
}

void TrafficPage::connectActions()
{
    const auto with = [this](const char *id, auto slot) {
        QAction *const action = m_links.shortcuts.action(QLatin1String(id));
        if (!action)
            return;
        action->setEnabled(true);
        if (action->isCheckable())
            connect(action, &QAction::toggled, this, slot);
        else
            connect(action, &QAction::triggered, this, slot);
    };
    with("traffic.pause", [this](bool on) { m_runner.setPaused(on); });
    with("traffic.pause-capture", [this](bool on) { pauseCapture(on); });
    with("traffic.clear", [this](bool) { clearList(); });
    connect(m_list, &ListPane::resumeWanted, this, [this] {
        if (QAction *const action =
                m_links.shortcuts.action(QStringLiteral("traffic.pause-capture")))
            action->setChecked(false);
    });
}

void TrafficPage::pauseCapture(bool isPaused)
{
    const QString level = isPaused ? QStringLiteral("off") : m_links.preferences.recording.value();
    m_links.api.call(client::Op::SetRecording, {}, {{"level", level}}, this,
                     [this, isPaused](const Result<QJsonObject> &answer) {
                         if (answer)
                             m_list->setCapturePaused(isPaused);
                         else
                             Q_EMIT messageWanted(answer.error().text());
                     });
}

/// Unpinned ones, here and in the engine.
void TrafficPage::clearList()
{
    m_links.api.call(client::Op::ClearExchanges, this, [this](const Result<QJsonObject> &answer) {
        if (!answer) {
            Q_EMIT messageWanted(answer.error().text());
            return;
        }
        m_store.forget(m_runner.rowsToClear(FilterRunner::Clear::Unpinned));
        m_detail->clear();
    });
}

void TrafficPage::showSelection(qsizetype rows)
{
    Q_EMIT selectionChanged(int(rows));
    if (rows < 2)
        return;
    m_loader->cancel();
    std::vector<const filter::HotRecord *> records;
    const filter::Strings *strings = nullptr;
    for (const quint64 seq : m_list->view().selectedSeqs()) {
        const std::optional<RowId> id = m_store.find(seq);
        if (!id || qsizetype(records.size()) == mostSummed)
            continue;
        const TrafficRow row = m_store.row(*id);
        if (strings && row.strings != strings) // of another engine: its numbers mean other texts
            continue;
        strings = row.strings;
        records.push_back(row.record);
    }
    if (strings)
        m_detail->showSelection(summaryOf(records, *strings));
}

void TrafficPage::applyFilter(const filter::Expression &expression)
{
    m_runner.setExpression(expression);
    m_list->setFilter(m_bar->edit().text());
    m_links.navigator.setHere({{"filter", m_bar->edit().text()}});
}

void TrafficPage::joinFilter(const QString &test)
{
    m_bar->apply(joinedFilter(m_bar->edit().text(), Join::And, test));
}

void TrafficPage::highlight(const QString &text)
{
    if (const auto added = m_list->view().rules().add(text); !added) {
        Q_EMIT messageWanted(added.error().message);
        return;
    }
    saveHighlights();
}

void TrafficPage::saveHighlights()
{
    m_list->view().applyRules();
    const QStringList texts = m_list->view().rules().texts();
    m_bar->setHighlights(texts);
    m_links.preferences.setState(highlightsKey, texts);
}

void TrafficPage::compareRevision(quint32 revision)
{
    const std::optional<qint64> at = BeforeAfter::beginOf(m_store, revision);
    if (!at) {
        Q_EMIT messageWanted(tr("No exchange of r%1 is in the list").arg(revision));
        return;
    }
    auto *const dialog = new RevisionCompare(m_store, revision, *at, this);
    connect(dialog, &RevisionCompare::filterWanted, this,
            [this](const QString &test) { m_bar->apply(test); });
    dialog->show();
}

void TrafficPage::addColumn(const QString &field)
{
    if (const auto read = filter::ColumnField::parse(field); !read)
        Q_EMIT messageWanted(read.error().message());
    else if (m_model.customColumns().contains(field))
        Q_EMIT messageWanted(tr("%1 is a column already").arg(field));
    else if (m_model.addCustomColumn(field) < 0)
        Q_EMIT messageWanted(tr("There can be %1 columns of your own: remove one first")
                                 .arg(TrafficModel::mostCustom));
}

/// A name for the file that fits into a key; the last choice where there is none.
QString TrafficPage::columnsKey() const
{
    const QByteArray name =
        QCryptographicHash::hash(m_workspace.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return QStringLiteral("traffic/columns")
        + (m_workspace.isEmpty() ? QString() : u'-' + QString::fromLatin1(name));
}

void TrafficPage::saveColumns()
{
    m_links.preferences.setState(columnsKey(), m_list->view().columns());
    m_links.preferences.setState(columnsKey() + fieldsSuffix, m_model.customColumns());
}

void TrafficPage::loadColumns()
{
    // The header can only be restored with as many sections as it had.
    while (!m_model.customColumns().isEmpty())
        m_model.removeCustomColumn(columnCount);
    for (const QString &field :
         m_links.preferences.state(columnsKey() + fieldsSuffix).toStringList()) {
        if (filter::ColumnField::parse(field))
            m_model.addCustomColumn(field);
    }
    m_list->view().setColumns(m_links.preferences.state(columnsKey()).toByteArray());
}

void TrafficPage::setWorkspace(const QString &file)
{
    if (m_workspace == file)
        return;
    saveColumns();
    m_workspace = file;
    if (!m_links.preferences.state(columnsKey()).toByteArray().isEmpty())
        loadColumns(); // else what is there is as good as anything
}

QWidget *TrafficPage::makeDetailSide()
{
    if (m_links.preferences.state(firstRunKey).toBool())
        return m_detail;
    auto *const side = new QWidget(this);
    m_firstRun = new FirstRun(side);
    auto *const margin = new QVBoxLayout;
    margin->setContentsMargins(12, 0, 12, 12);
    margin->addWidget(m_firstRun);
    auto *const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_detail, 1);
    column->addLayout(margin);
    connect(m_firstRun, &FirstRun::wanted, this, &TrafficPage::tryOut);
    connect(m_firstRun, &FirstRun::closed, this, [this] {
        m_links.preferences.setState(firstRunKey, true);
        m_firstRun->hide();
        m_firstRun = nullptr;
    });
    return side;
}

/// Where the detail stands below the list, it needs the room more than the first steps do.
void TrafficPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isBeside = width() >= type::px(ListDetailSplitter::narrow - 60);
    if (m_firstRun)
        m_firstRun->setVisible(height() >= type::px(isBeside ? 500 : 1100));
}

void TrafficPage::tryOut(FirstRun::Step step)
{
    const int rows = m_model.rowCount();
    const quint64 newest = rows > 0 ? m_model.seqAt(rows - 1) : 0;
    const quint64 chosen = m_list->view().currentSeq().value_or(newest);
    switch (step) {
    case FirstRun::Step::Send:
        return sendSample(QLatin1String(hello), 1);
    case FirstRun::Step::Limit:
        return sendSample(QStringLiteral("/limited"), 6);
    case FirstRun::Step::Why:
        if (chosen != 0 && m_list->view().goTo(chosen))
            m_detail->setCurrentTab(DetailView::Tab::Why);
        return;
    case FirstRun::Step::Replay:
    case FirstRun::Step::Test:
        if (chosen != 0)
            m_commands->run(step == FirstRun::Step::Replay ? RowAction::EditAndResend
                                                           : RowAction::MakeTest,
                            {chosen});
        return;
    }
}

void TrafficPage::sendSample(const QString &target, int times)
{
    client::OutgoingRequest request;
    request.url = QUrl(m_url + target);
    for (int i = 0; i < times; ++i)
        m_sender.send(request, this, [this](const Result<client::IncomingAnswer> &answer) {
            if (!answer)
                Q_EMIT messageWanted(answer.error().text());
        });
}

void TrafficPage::setGateway(const QString &url, const QString &reason)
{
    m_url = url;
    m_commands->setGateway(url);
    m_list->setGateway(url, reason);
}

void TrafficPage::setEngine(const QString &identity)
{
    if (!m_engine.isEmpty() && m_engine != identity)
        m_store.beginAnew();
    m_engine = identity;
}

void TrafficPage::jumpTo(const QVariantMap &target)
{
    if (target.contains(QStringLiteral("filter")))
        m_bar->apply(target[QStringLiteral("filter")].toString());
    if (const uint revision = target[QStringLiteral("compare")].toUInt(); revision != 0)
        compareRevision(revision);
    const quint64 seq = target[QStringLiteral("seq")].toULongLong();
    if (seq == 0)
        return;
    m_loader->load(seq);
    if (m_list->view().goTo(seq))
        return;
    m_wantedSeq = seq; // the filter hides it
    if (!m_bar->edit().text().isEmpty())
        m_bar->apply({});
}

} // namespace gatehouse::ui
