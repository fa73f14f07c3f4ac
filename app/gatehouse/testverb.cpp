// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/loading.h"
#include "app/gatehouse/testfile.h"
#include "app/gatehouse/testreport.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace gatehouse::app {

namespace {

struct TestOptions
{
    CommonOptions common;
    std::vector<std::string> files;
    std::string format = "text";
    std::string junit;
};

bool write(const std::string &path, const QByteArray &content)
{
    QFile file(QString::fromStdString(path));
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size())
        return true;
    std::fprintf(stderr, "gatehouse: cannot write %s: %s\n", path.c_str(),
                 file.errorString().toUtf8().constData());
    return false;
}

/// The gateway under test logs its requests to standard output, where reports belong.
int divertOutput()
{
    std::fflush(stdout);
    const int kept = ::dup(STDOUT_FILENO);
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::close(nowhere);
    return kept;
}

void restoreOutput(int kept)
{
    ::dup2(kept, STDOUT_FILENO);
    ::close(kept);
}

int report(const TestOptions &options, const std::vector<TestResult> &results)
{
    for (const TestResult &result : results) {
        if (options.format == "text")
            std::puts(textLine(result).c_str());
    }
    if (options.format == "json")
        std::printf("%s", jsonReport(results).constData());
    if (options.format == "junit")
        std::printf("%s", junitReport("gatehouse", results).constData());
    if (!options.junit.empty() && !write(options.junit, junitReport("gatehouse", results)))
        return Unusable;
    const auto failed = std::ranges::count(results, false, &TestResult::isPassed);
    if (options.format == "text")
        std::printf("%td of %zu passed\n", std::ptrdiff_t(results.size()) - failed, results.size());
    return failed == 0 ? Ok : Findings;
}

int runTests(const TestOptions &options)
{
    std::vector<client::TestCase> tests;
    for (const std::string &file : options.files) {
        config::Findings findings;
        const auto read = readTestFile(file, findings);
        printFindings(findings, false);
        if (!read)
            return Unusable;
        tests.insert(tests.end(), read->begin(), read->end());
    }
    const LoadedOrExit loaded = loadOrExplain(options.common);
    if (loaded.exitCode != Ok)
        return Unusable;
    const int output = divertOutput();
    gateway::Gateway::useEpoll();
    int argc = 1;
    char name[] = "gatehouse";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    TestRunner runner(gatewayOptions(options.common));
    QObject::connect(&runner, &TestRunner::finished, qApp, &QCoreApplication::quit);
    runner.run(std::move(tests));
    QCoreApplication::exec();
    restoreOutput(output);
    return report(options, runner.results());
}

} // namespace

void addTest(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<TestOptions>();
    CLI::App *verb = app.add_subcommand(
        "test", "send the requests of test files and check what the gateway does; offline");
    addCommonOptions(*verb, options->common);
    verb->add_option("files", options->files, "YAML files, as the workbench saves them")
        ->required();
    verb->add_option("--format", options->format, "text, json or junit")
        ->check(CLI::IsMember({"text", "json", "junit"}));
    verb->add_option("--junit", options->junit, "write a JUnit report to this file, too");
    verb->callback([options, &exitCode] { exitCode = runTests(*options); });
}

} // namespace gatehouse::app
