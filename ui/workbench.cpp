// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench.h"

#include "engine/client/remoteapi.h"
#include "ui/actions/demotraffic.h"
#include "ui/models/limitinfo.h"
#include "ui/models/units.h"
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/limits/limitspage.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routespage.h"
#include "ui/pages/routes/routetryline.h"
#include "ui/pages/settings/settingspage.h"
#include "ui/pages/traffic/trafficpage.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/topbar.h"

#include <QDateTime>
#include <QJsonArray>

namespace gatehouse::ui {

namespace {

constexpr std::chrono::seconds rateInterval{1};
constexpr int rateSeconds = 5;

std::unique_ptr<client::AdminApi> connectTo(const Attachment &attachment)
{
    auto api = std::make_unique<client::RemoteApi>();
    api->setEndpoint({attachment.url, attachment.token});
    return api;
}

} // namespace

Workbench::Workbench(Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_theme(preferences)
    , m_shortcuts(preferences)
    , m_window(preferences, m_shortcuts, m_api)
    , m_session(m_window, preferences, m_api, connectTo)
    , m_captures(m_window, m_session)
    , m_demo(new DemoTraffic(this))
{
    addPages();
    connectTraffic();
    connectEngine();
    connectDemo();
    connectLab();
    connect(&m_rate, &QTimer::timeout, this, &Workbench::updateRate);
    m_rate.start(rateInterval);
}

Workbench::~Workbench()
{
    m_feed.disconnect(this);
    m_feed.close();
}

void Workbench::addPage(const char *id, const QString &title, Glyph glyph, const char *keys,
                        QWidget *page)
{
    m_window.addPage({QLatin1String(id), title, glyph, QKeySequence(QLatin1String(keys)), page});
}

void Workbench::addPages()
{
    Navigator &navigator = m_window.navigator();
    m_traffic = new TrafficPage({m_api, m_feed, m_preferences, m_shortcuts, navigator});
    m_composer = new ComposerPage(m_api, m_preferences, m_shortcuts, navigator);
    m_routes = new RoutesPage(m_api, m_shortcuts, navigator);
    m_limits = new LimitsPage(m_api, m_shortcuts, navigator);
    m_settings = new SettingsPage(m_preferences, m_theme, m_shortcuts, m_api);
    addPage("traffic", tr("Traffic"), Glyph::Traffic, "Ctrl+1", m_traffic);
    addPage("composer", tr("Composer"), Glyph::Composer, "Ctrl+2", m_composer);
    addPage("routes", tr("Routes"), Glyph::Routes, "Ctrl+3", m_routes);
    addPage("limits", tr("Limits"), Glyph::Limits, "Ctrl+4", m_limits);
    addPage("settings", tr("Settings"), Glyph::Settings, "Ctrl+9", m_settings);
    connect(&navigator, &Navigator::jumped, this, &Workbench::jump);
    connectPages();
    m_window.rebuildMenus();
}

/// The composer listens to the navigator itself.
void Workbench::jump(const Jump &jump)
{
    if (jump.page == QLatin1String("traffic"))
        m_traffic->jumpTo(jump.target);
    else if (jump.page == QLatin1String("routes"))
        m_routes->goTo(jump.target);
    else if (jump.page == QLatin1String("limits"))
        m_limits->goTo(jump.target);
}

void Workbench::connectPages()
{
    connect(m_routes, &RoutesPage::problemsChanged, this, [this](int problems) {
        m_window.setBadge(QStringLiteral("routes"), problems);
        m_window.statusLine().setProblems(problems);
    });
    connect(&m_window.statusLine(), &StatusLine::problemsWanted, this,
            [this] { m_window.navigator().go({QStringLiteral("routes"), {}}); });
    connect(m_routes, &RoutesPage::changesChanged, &m_window.topBar(), &TopBar::setChanges);
    connect(m_routes, &RoutesPage::revisionChanged, this,
            [this](const QString &file, quint64 generation, bool isDirty) {
                m_window.topBar().setConfig(file, quint32(generation), isDirty);
            });
    connectRouteActions();
    connectEnvironments();
    connect(m_composer, &ComposerPage::openPlace, this, [this](const client::Place &place) {
        m_window.navigator().go(
            {QStringLiteral("routes"), {{"file", place.file}, {"line", place.line}}});
    });
    QAction *const settings = m_shortcuts.make(QStringLiteral("view.settings"), &m_window);
    m_window.addAction(settings);
    connect(settings, &QAction::triggered, this,
            [this] { m_window.navigator().go({QStringLiteral("settings"), {}}); });
    connect(&m_api, &ApiSwitch::targetChanged, this, [this] {
        m_composer->refresh();
        m_routes->reload();
        m_limits->reload();
        m_settings->refresh();
    });
}

/// The window's actions do what those of the page do, from everywhere and by one key each.
void Workbench::connectRouteActions()
{
    RouteDraft &draft = m_routes->draft();
    const std::pair<const char *, QAction *> actions[] = {
        {"route.explain", m_routes->tryLine().action()},
        {"route.dry-run", draft.dryRunAction()},
        {"route.review", draft.reviewAction()},
        {"route.apply", draft.applyAction()},
        {"route.undo", draft.undoAction()},
    };
    for (const auto &[id, to] : actions) {
        QAction *const from = m_shortcuts.action(QLatin1String(id));
        m_routes->removeAction(to); // or the key would mean two actions, and so none
        connect(from, &QAction::triggered, this, [this, to = to] {
            m_window.navigator().go({QStringLiteral("routes"), {}});
            to->trigger();
        });
        const auto follow = [from, to = to] { from->setEnabled(to->isEnabled()); };
        connect(to, &QAction::changed, from, follow);
        follow();
    }
}

void Workbench::connectEnvironments()
{
    TopBar &bar = m_window.topBar();
    connect(m_composer, &ComposerPage::environmentsChanged, &bar, &TopBar::setEnvironments);
    connect(&bar, &TopBar::environmentChosen, m_composer, &ComposerPage::setEnvironment);
    bar.setEnvironments(m_composer->environmentNames(), m_composer->environment());
    QAction *const choose = m_shortcuts.make(QStringLiteral("view.environment"), &m_window);
    m_window.addAction(choose);
    connect(choose, &QAction::triggered, this, [this] {
        if (m_window.topBar().openEnvironments())
            return;
        m_window.navigator().go({QStringLiteral("composer"), {}}); // where they are made
        if (QAction *const edit = m_shortcuts.action(QStringLiteral("composer.environments")))
            edit->trigger();
    });
}

void Workbench::connectTraffic()
{
    StatusLine &line = m_window.statusLine();
    connect(m_traffic, &TrafficPage::countsChanged, &line, &StatusLine::setCounts);
    connect(m_traffic, &TrafficPage::selectionChanged, &line, &StatusLine::setSelected);
    connect(m_traffic, &TrafficPage::statusChanged, this, &Workbench::onStatus);
    connect(m_traffic, &TrafficPage::missedChanged, this, [this](quint64 missed) {
        m_window.statusLine().showChip(QStringLiteral("feed-lossy"), Glyph::Warning,
                                       tr("%1 not shown live").arg(groupedNumber(qint64(missed))),
                                       tr("Hide it"));
    });
    connect(m_traffic, &TrafficPage::messageWanted, this,
            [this](const QString &text) { m_window.toast().say(text); });
    connect(m_traffic, &TrafficPage::runWanted, &m_window, &MainWindow::runWanted);
    connect(m_traffic, &TrafficPage::attachWanted,
            m_shortcuts.action(QStringLiteral("file.attach")), &QAction::trigger);
    connect(m_traffic, &TrafficPage::captureWanted,
            m_shortcuts.action(QStringLiteral("file.open-capture")), &QAction::trigger);
    connect(&line, &StatusLine::chipEnded, this, [this](const QString &id) {
        if (id == QLatin1String("feed-lossy"))
            m_window.statusLine().hideChip(id);
    });
}

void Workbench::connectEngine()
{
    connect(&m_session, &EngineSession::attached, this, &Workbench::onAttached);
    connect(&m_session, &EngineSession::detached, this, [this] {
        m_feed.close();
        m_traffic->setGateway({}, m_session.process().reason());
    });
    connect(&m_feed, &client::LiveFeed::stateChanged, this,
            [this](client::LiveFeed::State state, const QString &why) {
                const QString id = QStringLiteral("feed");
                if (state == client::LiveFeed::State::Lost)
                    m_window.statusLine().showChip(id, Glyph::Warning,
                                                   tr("no live feed: %1").arg(why), tr("Hide it"));
                else
                    m_window.statusLine().hideChip(id);
            });
}

void Workbench::onAttached(const Attachment &attachment)
{
    // First who it is: what another engine has recorded goes before what this one sends comes.
    m_api.call(client::Op::Info, this, [this, attachment](const Result<QJsonObject> &info) {
        if (!info) {
            m_traffic->setGateway({}, info.error().text());
            return;
        }
        onInfo(*info);
        m_feed.open({attachment.url, attachment.token}, backlog);
    });
}

void Workbench::onInfo(const QJsonObject &info)
{
    QString first;
    for (const QJsonValue &listener : info["listeners"].toArray()) {
        if (listener["name"].toString() != QLatin1String("demo-upstream") && first.isEmpty())
            first = QStringLiteral("http://") + listener["address"].toString();
    }
    m_traffic->setEngine(QString::number(info["pid"].toInteger()) + info["started"].toString());
    m_traffic->setWorkspace(info["file"].toString());
    m_traffic->setGateway(first, {});
    const QString lab = QStringLiteral("lab");
    if (info["lab"].toBool())
        m_window.statusLine().showChip(lab, Glyph::Tests, tr("lab mode"), tr("Hide it"));
    else
        m_window.statusLine().hideChip(lab);
    m_generation = quint32(info["generation"].toInteger());
    m_window.topBar().setConfig(info["file"].toString(), m_generation, false);
    const bool isOwn = m_session.process().state() == EngineProcess::State::Running;
    if (info["demo"].toBool() && isOwn)
        m_demo->start(first);
    else
        m_demo->stop();
}

/// Something to look at from the first second on, until there is real traffic.
void Workbench::connectDemo()
{
    const QString id = QStringLiteral("demo-traffic");
    connect(m_demo, &DemoTraffic::runningChanged, this, [this, id](bool isRunning) {
        if (isRunning)
            m_window.statusLine().showChip(id, Glyph::Live, tr("demo traffic"), tr("Stop it"));
        else
            m_window.statusLine().hideChip(id);
    });
    connect(&m_window.statusLine(), &StatusLine::chipEnded, this, [this, id](const QString &ended) {
        if (ended == id)
            m_demo->end();
    });
    connect(&m_traffic->store(), &TrafficStore::appended, this, [this](quint32 from, quint32 to) {
        if (!m_demo->isRunning())
            return;
        bool isReal = false;
        m_traffic->store().forEach(from, to, [this, &isReal](RowId row) {
            isReal |= !m_traffic->store().row(row).record->is(filter::Flag::Demo);
        });
        if (isReal)
            m_demo->end();
    });
}

void Workbench::onStatus(const QJsonObject &status)
{
    const QJsonObject recording = status["recording"].toObject();
    m_window.statusLine().setBudget(
        recording["memory_used"].toInteger(), recording["memory_budget"].toInteger(),
        recording["disk_used"].toInteger(), recording["disk_budget"].toInteger());
    const QString error = recording["error"].toString();
    const QString id = QStringLiteral("capture-error");
    if (error.isEmpty())
        m_window.statusLine().hideChip(id);
    else
        m_window.statusLine().showChip(id, Glyph::Warning, error, tr("Hide it"));
    showLimitClock(status["limit_clock"].toObject());
    const auto generation = quint32(status["generation"].toInteger());
    if (generation == m_generation)
        return;
    m_api.call(client::Op::Info, this, [this](const Result<QJsonObject> &info) {
        if (info)
            onInfo(*info);
    });
}

void Workbench::showLimitClock(const QJsonObject &json)
{
    const LimitClock clock = LimitClock::from(json);
    const QString id = QStringLiteral("limit-clock");
    if (clock.isReal())
        m_window.statusLine().hideChip(id);
    else
        m_window.statusLine().showChip(id, Glyph::Clock,
                                       clock.isFrozen ? tr("limits' clock frozen")
                                                      : tr("limits' clock %1").arg(clock.offset()),
                                       tr("Back to real time"));
}

/// What an engine in a lab may do, and how that ends.
void Workbench::connectLab()
{
    connect(&m_window.statusLine(), &StatusLine::chipEnded, this, [this](const QString &id) {
        if (id == QLatin1String("lab"))
            m_window.statusLine().hideChip(id);
        if (id != QLatin1String("limit-clock"))
            return;
        m_api.call(client::Op::LimitClock, {{"to", "real"}}, this,
                   [this](const Result<QJsonObject> &answer) {
                       m_window.toast().say(answer ? tr("Limits go with real time again")
                                                   : answer.error().text());
                       if (answer)
                           showLimitClock({});
                   });
    });
    connect(&m_session, &EngineSession::detached, this, [this] {
        m_window.statusLine().hideChip(QStringLiteral("lab"));
        showLimitClock({});
    });
}

void Workbench::updateRate()
{
    const TimeSeries &series = m_traffic->series();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    quint64 requests = 0;
    LatencyHistogram latency;
    for (qint64 second = now - rateSeconds; second < now; ++second) {
        if (const TimeSeries::Second *const at = series.at(second)) {
            requests += at->requests;
            latency.add(at->latency);
        }
    }
    m_window.statusLine().setRate(double(requests) / rateSeconds,
                                  latency.count() > 0 ? latency.percentile(0.95) : -1);
}

} // namespace gatehouse::ui
