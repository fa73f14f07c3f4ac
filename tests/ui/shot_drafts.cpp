// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the pages Routes and Limits in every theme and size into a folder, for people to look at.
#include "tests/ui/support/limitsamples.h"
#include "tests/ui/support/routesamples.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/pages/limits/limitsimulator.h"
#include "ui/pages/limits/limitspage.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routedryrun.h"
#include "ui/pages/routes/routespage.h"
#include "ui/pages/routes/routetryline.h"
#include "ui/settings/thememanager.h"
#include "ui/settings/type.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTabWidget>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

/// Long enough for answers, checks and timers.
void settle(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

struct Shooter
{
    MainWindow &window;
    QDir folder;
    QString prefix;

    void shoot(const char *name, int wait = 150) const
    {
        settle(wait);
        window.grab().save(folder.filePath(prefix + QLatin1String(name) + ".png"));
    }
};

void shootRoutes(RoutesPage &page, const Shooter &shooter)
{
    shooter.shoot("routes", 600);
    page.tryLine().ask("GET /v1/orders/7 Host: api.local");
    shooter.shoot("routes-try", 300);
    page.tryLine().clear();
    RouteDraft &draft = page.draft();
    draft.setText(QString(draft.text()).replace("limit: 5,", "limit: 0,").replace("PUT]", "POST]"));
    shooter.shoot("routes-errors", 600);
    page.tabs().setCurrentIndex(4);
    shooter.shoot("routes-problems");
    draft.undoEdit();
    draft.setText(QString(draft.text()).replace("limit: 5,", "limit: 20,"));
    shooter.shoot("routes-edited", 600);
    draft.reviewAction()->trigger();
    shooter.shoot("routes-review");
    draft.dryRunAction()->trigger();
    shooter.shoot("routes-dryrun");
    page.tabs().setCurrentIndex(3);
    shooter.shoot("routes-history", 300);
    draft.discard();
    page.tabs().setCurrentIndex(0);
}

/// Keys and denials that go up and down, so that there is a last minute to look at.
void serveAMovingLimit(test::FakeAdminApi &api)
{
    api.on(client::Op::LimitKeys,
           [count = std::make_shared<int>()](const auto &) -> Result<QJsonObject> {
               const int seen = ++*count;
               QJsonArray keys;
               for (int i = 0; i < 6; ++i)
                   keys.append(QJsonObject{{"key", QString("192.0.2.%1").arg(i + 7)},
                                           {"remaining", (seen * (i + 2) + i) % 9},
                                           {"blocked", i == 4},
                                           {"blocked_by_hand", i == 4},
                                           {"blocked_for_seconds", i == 4 ? 598.2 : 0.0},
                                           {"reset_seconds", 4.5}});
               return QJsonObject{{"keys", keys}};
           });
    api.on(client::Op::Limits,
           [count = std::make_shared<int>(300)](const auto &) -> Result<QJsonObject> {
               const int denied = *count += *count * 7 % 23;
               return QJsonObject{
                   {"lab", true},
                   {"limits",
                    QJsonArray{QJsonObject{
                        {"name", "per-user"},
                        {"algorithm", "token_bucket"},
                        {"key", "client_ip"},
                        {"limit", 5},
                        {"window_seconds", 10},
                        {"capacity", 8},
                        {"allowed", 4102},
                        {"denied", denied},
                        {"clock", QJsonObject{{"ahead_seconds", 60}, {"frozen", true}}}}}}};
           });
}

void shootMinute(LimitsPage &page, test::FakeAdminApi &api, const Shooter &shooter)
{
    serveAMovingLimit(api);
    page.tabs().setCurrentIndex(0);
    page.goTo({{"limit", "per-user"}, {"key", "192.0.2.11"}});
    shooter.shoot("limits-minute", 12'000);
}

void shootLimits(LimitsPage &page, const Shooter &shooter)
{
    for (const char *limit : {"per-user", "login", "search", "daily", "print", "reports"}) {
        page.goTo({{"limit", limit}});
        shooter.shoot(qPrintable(QString("limits-%1").arg(limit)), 300);
    }
    page.tabs().setCurrentIndex(1);
    page.simulator().run();
    shooter.shoot("limits-simulator", 300);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (argc < 2) {
        qWarning("usage: shot_drafts FOLDER [THEME]...");
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(QStringLiteral("."));
    type::setFamilies("DejaVu Sans", "DejaVu Sans Mono");
    const QTemporaryDir settings;
    QStringList themes = QCoreApplication::arguments().mid(2);
    if (themes.isEmpty())
        themes = QStringList{"light", "dark", "contrast"};
    for (const QString &theme : std::as_const(themes)) {
        for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
            Preferences preferences(settings.filePath("workbench.ini"));
            preferences.theme.set(theme);
            const ThemeManager manager(preferences);
            Shortcuts shortcuts(preferences);
            test::FakeAdminApi api;
            test::serveShop(api);
            test::serveLimits(api);
            api.on(client::Op::Explain, test::ordersExplained());
            api.on(client::Op::ConfigDryRun, test::dryRunAnswer());
            MainWindow window(preferences, shortcuts, api);
            auto *const routes = new RoutesPage(api, shortcuts, window.navigator());
            window.addPage({"routes", "Routes", Glyph::Routes, QKeySequence("Ctrl+3"), routes});
            auto *const limits = new LimitsPage(api, shortcuts, window.navigator());
            window.addPage({"limits", "Limits", Glyph::Limits, QKeySequence("Ctrl+4"), limits});
            window.resize(size);
            window.show();
            window.navigator().go({"routes", {}});
            const Shooter shooter{window, folder, QString("%1-%2-").arg(theme).arg(size.width())};
            shootRoutes(*routes, shooter);
            window.navigator().go({"limits", {}});
            shootLimits(*limits, shooter);
            shootMinute(*limits, api, shooter);
        }
    }
    return 0;
}
