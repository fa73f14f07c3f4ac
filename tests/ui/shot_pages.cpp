// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the window in every theme and size into a folder, for people to look at.
#include "tests/ui/support/samples.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/detail/framestab.h"
#include "ui/pages/detail/frametable.h"
#include "ui/settings/thememanager.h"
#include "ui/settings/type.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/listdetailsplitter.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/topbar.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct Scene
{
    Scene(Preferences &preferences, Shortcuts &shortcuts, test::FakeAdminApi &api)
        : window(preferences, shortcuts, api)
        , list(new EmptyState)
        , detail(new DetailView(api))
    {
        list->setContent(Glyph::Traffic, "No traffic yet",
                         "Gatehouse listens on http://127.0.0.1:8080. Send it a request, and it "
                         "shows here what happened and why.");
        list->setCommand("curl -i http://127.0.0.1:8080/hello");
        list->addButton("Send a sample");
        list->addButton("Open a capture");
        list->setProperty("kind", "base");
        list->setAttribute(Qt::WA_StyledBackground);
        auto *const splitter = new ListDetailSplitter;
        splitter->addWidget(list);
        splitter->addWidget(detail);
        window.addPage({"traffic", "Traffic", Glyph::Traffic, QKeySequence("Ctrl+1"), splitter});
        window.setEngineStatus({EngineStatus::Kind::Running,
                                {"http://127.0.0.1:8080"},
                                "/home/ada/gatehouse.yaml",
                                {},
                                {}});
        window.topBar().setConfig("/home/ada/gatehouse.yaml", 42, true);
        window.topBar().setChanges(3, true);
        window.topBar().setEnvironments({"local", "staging"}, "local");
        StatusLine &status = window.statusLine();
        status.setCounts(412, 118204);
        status.setSelected(3);
        status.setBudget(96'000'000, 320'000'000, 400'000'000, 2'000'000'000);
        status.setRate(1204, 18'200'000);
        status.setProblems(2);
        status.showChip("demo", Glyph::Live, "demo traffic", "Stop the demo traffic");
        detail->setOther(test::limitedExchange());
    }

    MainWindow window;
    EmptyState *list;
    DetailView *detail;
};

void settle()
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 60) // layouts, bodies and their workers
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

void shoot(QWidget &widget, const QDir &folder, const QString &name)
{
    settle();
    const QString path = folder.filePath(name + ".png");
    if (!widget.grab().save(path))
        qFatal("%s cannot be written", qPrintable(path));
}

void shootTabs(Scene &scene, const QDir &folder, const QString &prefix)
{
    scene.detail->showExchange(test::passedExchange());
    for (const auto tab : scene.detail->tabs()) {
        scene.detail->setCurrentTab(tab);
        shoot(scene.window, folder, prefix + tabName(tab).toLower());
    }
    scene.detail->showExchange(test::limitedExchange());
    for (const auto tab : {DetailView::Tab::Overview, DetailView::Tab::Why}) {
        scene.detail->setCurrentTab(tab);
        shoot(scene.window, folder, prefix + "limited-" + tabName(tab).toLower());
    }
    scene.detail->showExchange(test::streamExchange(true));
    scene.detail->setCurrentTab(DetailView::Tab::Frames);
    for (int i = 0; i < 5; ++i) // the chart is drawn five times a second
        settle();
    scene.detail->findChild<FramesTab *>()->table().selectFrames(41, 41);
    shoot(scene.window, folder, prefix + "frames");
    SelectionSummary summary{412,
                             3,
                             9'400'000,
                             18'200'000,
                             96'000'000,
                             412'000'000,
                             486'200'000,
                             {{"200", 371}, {"429", 29}, {"404", 12}},
                             {{"orders", 300}, {"hello", 100}, {"no route", 12}},
                             {{"passed", 371}, {"limited", 29}, {"unmatched", 12}}};
    scene.detail->showSelection(summary);
    shoot(scene.window, folder, prefix + "selection");
}

void shootStates(Scene &scene, const QDir &folder, const QString &prefix)
{
    scene.detail->clear();
    shoot(scene.window, folder, prefix + "empty");
    scene.window.setEngineStatus({EngineStatus::Kind::Failed,
                                  {},
                                  "/home/ada/gatehouse.yaml",
                                  "An address cannot be listened on.",
                                  {"12:04:31.482 error listener: 127.0.0.1:8080 is in use",
                                   "12:04:31.483 error gateway: not started"}});
    scene.window.toast().say("Applied revision 43: 1 route changed", "Undo");
    shoot(scene.window, folder, prefix + "failed");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (argc != 2) {
        qWarning("usage: shot_pages FOLDER");
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(QStringLiteral("."));
    type::setFamilies("DejaVu Sans", "DejaVu Sans Mono");
    const QTemporaryDir settings;
    for (const char *theme : {"light", "dark", "contrast"}) {
        for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
            Preferences preferences(settings.filePath("workbench.ini"));
            preferences.theme.set(theme);
            const ThemeManager manager(preferences);
            Shortcuts shortcuts(preferences);
            test::FakeAdminApi api;
            test::serveBodies(api);
            test::serveFrames(api);
            Scene scene(preferences, shortcuts, api);
            scene.window.resize(size);
            scene.window.show();
            const QString prefix = QString("%1-%2-").arg(theme).arg(size.width());
            shootTabs(scene, folder, prefix);
            shootStates(scene, folder, prefix);
        }
    }
    return 0;
}
