// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

using namespace gatehouse;

namespace {

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
    ui::Workbench workbench(preferences);
    workbench.window().show();
    // After the first picture: the window is there before the engine is.
    QTimer::singleShot(0, &workbench, [&] {
        ui::EngineSession &session = workbench.session();
        if (!options.attach.isEmpty())
            session.attach(options.attach, options.tokenFile);
        else if (!options.config.isEmpty())
            session.open(options.config);
        else
            session.run();
    });
    return QApplication::exec();
}
