// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the pages Composer and Settings in every theme and size into a folder, for people to look
// at.
#include "tests/ui/support/samples.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/pages/composer/answerview.h"
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/composer/composertab.h"
#include "ui/pages/composer/environments.h"
#include "ui/pages/composer/requesteditor.h"
#include "ui/pages/composer/testpanel.h"
#include "ui/pages/settings/capturerules.h"
#include "ui/pages/settings/keyssection.h"
#include "ui/pages/settings/recordingsection.h"
#include "ui/pages/settings/settingspage.h"
#include "ui/settings/thememanager.h"
#include "ui/settings/type.h"
#include "ui/widgets/topbar.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

ComposerRequest sample()
{
    ComposerRequest request;
    request.method = "POST";
    request.target = "/v1/orders?dry=1&region={{REGION}}";
    request.headers = {{"Content-Type", "application/json", true},
                       {"Authorization", "Bearer {{TOKEN}}", true},
                       {"X-Request-Source", "workbench", true},
                       {"X-Debug", "1", false}};
    request.body.kind = ComposerBody::Kind::Json;
    request.body.text = "{\n  \"customer\": 42,\n  \"items\": [\n    { \"sku\": \"A-100\", "
                        "\"count\": 2 }\n  ],\n  \"note\": \"{{MISSING}}\"\n}";
    return request;
}

void tell(test::FakeAdminApi &api)
{
    test::serveBodies(api);
    api.on(client::Op::Info,
           QJsonObject{{"listeners",
                        QJsonArray{QJsonObject{
                            {"name", "web"}, {"address", "127.0.0.1:8080"}, {"scheme", "http"}}}},
                       {"file", "/home/ada/gatehouse.yaml"}});
    api.on(client::Op::Services,
           QJsonObject{
               {"services",
                QJsonArray{QJsonObject{
                    {"id", "orders"},
                    {"instances", QJsonArray{QJsonObject{{"url", "http://127.0.0.1:9001"}}}}}}}});
}

void tellRecording(test::FakeAdminApi &api)
{
    api.on(
        client::Op::Recording,
        QJsonObject{
            {"level", "bodies"},
            {"body_cap", 1048576},
            {"rules",
             QJsonArray{
                 QJsonObject{{"when", "path:/health"}, {"keep", "nothing"}, {"body_cap", -1}},
                 QJsonObject{{"when", "route:downloads"}, {"keep", "all"}, {"body_cap", 65536}}}},
            {"held", 118204},
            {"memory_used", 96'000'000},
            {"disk_used", 400'000'000},
            {"evicted", 2412}});
    api.on(client::Op::Redact,
           QJsonObject{{"text",
                        "POST /v1/orders?region=eu&token=*** HTTP/1.1\nHost: api.local\n"
                        "Authorization: Bearer ***\nCookie: session=***; theme=***\n"
                        "Content-Type: application/json\n\n"
                        "{\"customer\":42,\"password\":\"***\"}"},
                       {"masked", QJsonArray{1, 3, 4, 7}}});
}

void settle()
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 80) // layouts, bodies and their workers
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

struct Scene
{
    Scene(Preferences &preferences, ThemeManager &themes, Shortcuts &shortcuts,
          test::FakeAdminApi &api)
        : window(preferences, shortcuts, api)
        , composer(new ComposerPage(api, preferences, shortcuts, window.navigator()))
        , settings(new SettingsPage(preferences, themes, shortcuts, api))
    {
        window.addPage({"composer", "Composer", Glyph::Composer, QKeySequence("Ctrl+2"), composer});
        window.addPage({"settings", "Settings", Glyph::Settings, QKeySequence("Ctrl+9"), settings});
        window.rebuildMenus();
        window.setEngineStatus({EngineStatus::Kind::Running,
                                {"http://127.0.0.1:8080"},
                                "/home/ada/gatehouse.yaml",
                                {},
                                {}});
        composer->environments().setAll(
            {{"local", {{"REGION", "eu", false}, {"TOKEN", "t0ken-of-ada", true}}},
             {"staging", {{"REGION", "us", false}, {"TOKEN", "${STAGING_TOKEN}", true}}}});
        composer->addTab({});
        composer->addTab(sample());
        composer->closeTab(0);
        window.topBar().setEnvironments(composer->environmentNames(), composer->environment());
    }

    void shoot(const QDir &folder, const QString &name)
    {
        settle();
        const QString path = folder.filePath(name + ".png");
        if (!window.grab().save(path))
            qFatal("%s cannot be written", qPrintable(path));
    }

    MainWindow window;
    ComposerPage *composer;
    SettingsPage *settings;
};

void shootComposer(Scene &scene, const QDir &folder, const QString &prefix)
{
    ComposerTab &tab = *scene.composer->currentTab();
    tab.answer().showNothing();
    tab.editor().setCurrentPage(RequestEditor::Headers);
    scene.shoot(folder, prefix + "headers");
    client::IncomingAnswer answer{201,
                                  "Created",
                                  {{"Content-Type", "application/json"}},
                                  test::passedBody(),
                                  test::passedBody().size(),
                                  18'240};
    tab.answer().showAnswer(answer, false);
    tab.answer().showExchange(test::passedExchange());
    tab.editor().setCurrentPage(RequestEditor::Body);
    scene.shoot(folder, prefix + "body");
    tab.editor().setCurrentPage(RequestEditor::Query);
    tab.answer().setOther(test::limitedExchange());
    tab.answer().detail().setCurrentTab(DetailView::Tab::Compare);
    scene.shoot(folder, prefix + "compare");
    tab.editor().setCurrentPage(RequestEditor::Auth);
    tab.answer().detail().setCurrentTab(DetailView::Tab::Why);
    scene.shoot(folder, prefix + "auth");
    tab.editor().setCurrentPage(RequestEditor::OwnPages);
    tab.answer().showAnswer(answer, true);
    scene.shoot(folder, prefix + "history");
    tab.editor().setCurrentPage(RequestEditor::OwnPages + 1);
    scene.shoot(folder, prefix + "repeat");
    tab.testPanel().setExchange(test::passedExchange());
    tab.editor().setCurrentPage(RequestEditor::OwnPages + 2);
    scene.shoot(folder, prefix + "test");
    scene.composer->editEnvironments();
    scene.shoot(folder, prefix + "environments");
}

void shootSettings(Scene &scene, const QDir &folder, const QString &prefix)
{
    scene.window.navigator().go({"settings", {}});
    const char *const names[] = {"engine", "recording", "appearance", "keys", "redaction"};
    auto *const recording =
        static_cast<RecordingSection *>(scene.settings->section(SettingsPage::Recording));
    CaptureRules &rules = recording->rules();
    if (rules.rowCount() == 2)
        rules.setData(rules.index(1, CaptureRules::When), "stauts:500", Qt::EditRole);
    auto *const keys = static_cast<KeysSection *>(scene.settings->section(SettingsPage::Keys));
    keys->select("composer.send");
    keys->rebind(QKeySequence("Ctrl+T"));
    for (int i = SettingsPage::Engine; i <= SettingsPage::Redaction; ++i) {
        scene.settings->setSection(SettingsPage::Section(i));
        scene.shoot(folder, prefix + QLatin1String(names[i]));
    }
    scene.settings->cancel();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (argc != 2) {
        qWarning("usage: shot_composer FOLDER");
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(QStringLiteral("."));
    type::setFamilies("DejaVu Sans", "DejaVu Sans Mono");
    for (const char *theme : {"light", "dark", "contrast"}) {
        for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
            const QTemporaryDir settings;
            Preferences preferences(settings.filePath("workbench.ini"));
            preferences.theme.set(theme);
            ThemeManager manager(preferences);
            Shortcuts shortcuts(preferences);
            test::FakeAdminApi api;
            tell(api);
            tellRecording(api);
            Scene scene(preferences, manager, shortcuts, api);
            scene.window.resize(size);
            scene.window.show();
            const QString prefix = QString("%1-%2-composer-").arg(theme).arg(size.width());
            shootComposer(scene, folder, prefix);
            shootSettings(scene, folder, QString("%1-%2-settings-").arg(theme).arg(size.width()));
        }
    }
    return 0;
}
