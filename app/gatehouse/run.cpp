// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/loading.h"
#include "app/gatehouse/runtimefiles.h"
#include "app/gatehouse/signals.h"
#include "engine/admin/adminserver.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

namespace gatehouse::app {

namespace {

struct RunOptions
{
    CommonOptions common;
    int workers = 0;
    std::string listen;
    std::string admin;
    std::string record;
    std::string capture;
    bool isDemo = false;
    bool isReadOnly = false;
    bool isLab = false;
    bool endsWithStdin = false;
};

QJsonObject readyLine(const gateway::Gateway &gateway, const admin::AdminServer &admin,
                      const QString &tokenFile)
{
    QJsonObject listeners;
    for (const auto &[name, address] : gateway.addresses())
        listeners.insert(QString::fromStdString(name), QString::fromStdString(address.text()));
    QJsonObject ready{{"ready", true},
                      {"pid", qint64(::getpid())},
                      {"api_version", 1},
                      {"version", GATEHOUSE_VERSION},
                      {"admin", QString::fromStdString(admin.address())},
                      {"file", QString::fromStdString(gateway.file())},
                      {"listeners", listeners}};
    if (!tokenFile.isEmpty())
        ready.insert("token_file", tokenFile);
    return ready;
}

void print(const QJsonObject &line)
{
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void printDemoHints(const gateway::Gateway &gateway)
{
    const std::string &first = gateway.snapshot()->config->listeners.front().name;
    const std::string base = "http://" + gateway.addresses().at(first).text();
    std::printf("Gatehouse is running its demo on %s. Try:\n"
                "  curl %s/hello/world\n"
                "  curl -i %s/api/users/7\n"
                "  curl -i %s/nothing/here\n",
                base.c_str(), base.c_str(), base.c_str(), base.c_str());
    std::fflush(stdout);
}

gateway::GatewayOptions optionsFor(const RunOptions &run)
{
    gateway::GatewayOptions options = gatewayOptions(run.common);
    if (run.isDemo) {
        options.text = demoConfiguration();
        options.load.file = "demo.yaml";
    }
    if (run.isReadOnly) {
        options.text = "version: 1\n";
        options.load.file = "capture.yaml";
        options.listens = false;
    }
    options.workers = run.workers;
    options.isLab = run.isLab;
    if (!run.listen.empty())
        options.load.overrides.emplace_back("listeners[0].address", run.listen);
    if (!run.admin.empty())
        options.load.overrides.emplace_back("admin.address", run.admin);
    return options;
}

/// A workbench that has started us holds the other end of standard input: when it goes, also by a
/// crash, we go as well.
void endWithStdin(gateway::Gateway &gateway)
{
    auto *const notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, &gateway);
    QObject::connect(notifier, &QSocketNotifier::activated, &gateway, [&gateway, notifier] {
        char bytes[256];
        if (::read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
            return;
        notifier->setEnabled(false);
        gateway.drain();
    });
}

/// A window that is busy does not read what we write, and a full pipe would stop the data plane:
/// the access log, which the window has in another form, goes nowhere, and of the log what does not
/// fit.
void neverWaitForReader(const QJsonObject &ready)
{
    print(ready); // the last word that is owed
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::close(nowhere);
    ::fcntl(STDERR_FILENO, F_SETFL, ::fcntl(STDERR_FILENO, F_GETFL) | O_NONBLOCK);
}

/// What --record and --capture ask for. The error is for people.
Result<void> startRecording(const RunOptions &options, gateway::Gateway &gateway)
{
    observe::Recorder &recorder = gateway.recorder();
    if (!options.capture.empty()) {
        const QString file = QString::fromStdString(options.capture);
        const Result<void> opened =
            options.isReadOnly ? recorder.readCapture(file) : recorder.openCapture(file);
        if (!opened)
            return opened;
        gateway.adoptRevisions(recorder.revisions());
    }
    if (options.record.empty())
        return {};
    observe::RecordingSettings settings;
    settings.level = *observe::watchFrom(QString::fromStdString(options.record));
    if (options.isDemo) // what its upstream gets has been seen at the front
        settings.rules = {{"host:upstream.demo", observe::CaptureRule::Keep::Nothing, -1}};
    return recorder.configure(settings);
}

int exitCodeFor(gateway::Gateway::Failure failure, const gateway::Gateway &gateway)
{
    if (failure == gateway::Gateway::Failure::Listen) {
        std::fprintf(stderr, "gatehouse: %s\n", gateway.error().toUtf8().constData());
        return CannotListen;
    }
    std::fprintf(stderr, "gatehouse: the configuration has errors; nothing was started\n");
    return failure == gateway::Gateway::Failure::Unusable ? Unusable : Findings;
}

/// SIGTERM and a first SIGINT drain, a second SIGINT ends at once, SIGHUP reloads.
void connectSignals(Signals &signals, gateway::Gateway &gateway)
{
    QObject::connect(&signals, &Signals::terminate, &gateway, &gateway::Gateway::drain);
    QObject::connect(&signals, &Signals::hangup, &gateway, &gateway::Gateway::reload);
    QObject::connect(&signals, &Signals::interrupt, &gateway, [&gateway] {
        if (gateway.isDraining())
            ::_exit(Forced);
        gateway.drain();
    });
    QObject::connect(&gateway, &gateway::Gateway::stopped, qApp,
                     [](bool isClean) { QCoreApplication::exit(isClean ? Ok : DrainCut); });
}

std::string describe(const Error &error)
{
    const QString text =
        error.cause().isEmpty() ? error.text() : error.text() + ": " + error.cause();
    return text.toStdString();
}

/// A login's soft limit is mostly 1,024 descriptors: 500 proxied connections. The hard limit is
/// what the administrator means.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)::setrlimit(RLIMIT_NOFILE, &limit); // the old limit works, too
}

int run(const RunOptions &options)
{
    raiseDescriptorLimit();
    gateway::Gateway::useEpoll();
    int argc = 1;
    char name[] = "gatehouse";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    Signals signals;

    const gateway::GatewayOptions gatewayOptions = optionsFor(options);
    gateway::Gateway gateway(gatewayOptions);
    connectSignals(signals, gateway);
    const gateway::Gateway::Failure failure = gateway.start();
    printFindings(gateway.findings(), false);
    if (failure != gateway::Gateway::Failure::None)
        return exitCodeFor(failure, gateway);
    if (const Result<void> recording = startRecording(options, gateway); !recording) {
        std::fprintf(stderr, "gatehouse: %s\n", describe(recording.error()).c_str());
        return Unusable;
    }

    RuntimeFiles files;
    QString tokenFile;
    admin::AdminServer admin(gateway);
    if (options.endsWithStdin) {
        QByteArray token;
        tokenFile = files.writeToken(token);
        if (tokenFile.isEmpty()) { // never without one: everybody on this machine could ask
            std::fprintf(stderr, "gatehouse: no file for the admin token can be written in %s\n",
                         qPrintable(QDir::tempPath()));
            return Unusable;
        }
        admin.requireToken(token);
        endWithStdin(gateway);
    }
    const config::AdminConfig &adminConfig = gateway.snapshot()->config->admin;
    const Result<void> listening = admin.listen(adminConfig);
    if (!listening) {
        std::fprintf(stderr, "gatehouse: %s\n", listening.error().text().toUtf8().constData());
        // A second gateway on one machine is no mistake: only an address that was asked for is
        // owed.
        if (adminConfig.mark.file)
            return CannotListen;
        std::fprintf(stderr, "gatehouse: running without an admin address\n");
    }
    const QJsonObject ready = readyLine(gateway, admin, tokenFile);
    files.announce(ready);
    if (options.endsWithStdin)
        neverWaitForReader(ready);
    else if (!options.admin.empty())
        print(ready);
    else if (!gatewayOptions.text.empty() && !gateway.addresses().empty())
        printDemoHints(gateway);
    return QCoreApplication::exec();
}

} // namespace

void addRun(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<RunOptions>();
    CLI::App *verb = app.add_subcommand("run", "run the gateway until SIGTERM");
    addCommonOptions(*verb, options->common);
    verb->add_option("--workers", options->workers,
                     "threads of the data plane; default: one for each core")
        ->check(CLI::Range(1, 256));
    verb->add_option("--listen", options->listen,
                     "address of the first listener, e.g. 127.0.0.1:8080");
    verb->add_option("--admin", options->admin, "admin address; prints one JSON line when ready");
    verb->add_flag("--demo", options->isDemo, "run the built-in demo");
    verb->add_flag("--lab", options->isLab,
                   "let operators move the clocks of limits and block keys, in production, too");
    verb->add_option("--record", options->record,
                     "what is recorded from the start: off, summary, heads or bodies")
        ->check(CLI::IsMember({"off", "summary", "heads", "bodies"}));
    CLI::Option *const capture =
        verb->add_option("--capture", options->capture, "write what is recorded to this file");
    verb->add_flag("--read-only", options->isReadOnly,
                   "with --capture: show a saved capture, and listen for nothing else")
        ->needs(capture);
    verb->add_flag("--exit-with-stdin", options->endsWithStdin,
                   "end when standard input does, and ask everybody for a token");
    verb->callback([options, &exitCode] { exitCode = run(*options); });
}

} // namespace gatehouse::app
