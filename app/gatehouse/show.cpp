// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/filterargument.h"
#include "app/gatehouse/recordline.h"
#include "app/gatehouse/verbs.h"
#include "engine/observe/recordquery.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

namespace gatehouse::app {

namespace {

struct ShowOptions
{
    std::string capture;
    std::string filter;
    std::string format = "text";
    std::size_t limit = 1000;
};

int show(const ShowOptions &options)
{
    const std::optional<filter::Expression> expression = filterArgument(options.filter);
    if (!expression)
        return Unusable;
    int argc = 1;
    char name[] = "gatehouse";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv); // SQL drivers are plugins of Qt
    observe::Recorder recorder(0);
    if (const Result<void> read = recorder.readCapture(QString::fromStdString(options.capture));
        !read) {
        const Error &error = read.error();
        const QString why = error.cause().isEmpty() ? QString() : ": " + error.cause();
        std::fprintf(stderr, "gatehouse: %s\n", (error.text() + why).toUtf8().constData());
        return Unusable;
    }
    if (const quint64 unreadable = recorder.status().unreadable; unreadable > 0)
        std::fprintf(stderr, "gatehouse: %llu exchanges of the capture are damaged\n",
                     static_cast<unsigned long long>(unreadable));
    observe::RecordQuery query;
    query.expression = *expression;
    query.limit = options.limit;
    observe::RecordPage page = findRecords(recorder, query);
    std::ranges::reverse(page.records); // oldest first, as a log is
    for (const filter::HotRecord &record : page.records)
        std::puts((options.format == "json" ? jsonOf(record, *page.strings)
                                            : lineOf(record, *page.strings))
                      .c_str());
    return page.records.empty() ? Findings : Ok;
}

} // namespace

void addShow(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<ShowOptions>();
    CLI::App *verb = app.add_subcommand("show", "list the exchanges of a saved capture");
    verb->add_option("capture", options->capture, "the file, as --capture wrote it")->required();
    verb->add_option("filter", options->filter,
                     "which of them, e.g. 'status>=500'; behind -- if it begins with -");
    verb->add_option("--format", options->format, "text or json, a line each")
        ->check(CLI::IsMember({"text", "json"}));
    verb->add_option("--limit", options->limit, "the newest so many")
        ->check(CLI::Range(1, 1'000'000));
    verb->callback([options, &exitCode] { exitCode = show(*options); });
}

} // namespace gatehouse::app
