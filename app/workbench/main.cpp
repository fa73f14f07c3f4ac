// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/remoteapi.h"
#include "ui/actions/apiswitch.h"
#include "ui/actions/enginesession.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/settings/thememanager.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

using namespace gatehouse;

namespace {

std::unique_ptr<client::AdminApi> connectTo(const ui::Attachment &attachment)
{
    auto api = std::make_unique<client::RemoteApi>();
    api->setEndpoint({attachment.url, attachment.token});
    return api;
}

struct Options
{
    QString config;
    QString attach;
    QString tokenFile;
};

Options optionsOf(const QApplication &app)
{
    const QCommandLineOption attach("attach", "Show the engine whose admin address is <url>.",
                                    "url");
    const QCommandLineOption token("token-file", "Read the admin token from <file>.", "file");
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Gatehouse workbench: see what a gateway does, and why"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption(attach);
    parser.addOption(token);
    parser.addPositionalArgument("config", "File to run; without one the last, or the demo.",
                                 "[config]");
    parser.process(app);
    return {parser.positionalArguments().value(0), parser.value(attach), parser.value(token)};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("gatehouse-workbench"));
    QApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    const Options options = optionsOf(app);

    ui::Preferences preferences;
    const ui::ThemeManager theme(preferences);
    ui::Shortcuts shortcuts(preferences);
    ui::ApiSwitch api;
    ui::MainWindow window(preferences, shortcuts, api);
    ui::EngineSession session(window, preferences, api, connectTo);
    window.show();
    // After the first picture: the window is there before the engine is.
    QTimer::singleShot(0, &session, [&] {
        if (!options.attach.isEmpty())
            session.attach(options.attach, options.tokenFile);
        else if (!options.config.isEmpty())
            session.open(options.config);
        else
            session.run();
    });
    return QApplication::exec();
}
