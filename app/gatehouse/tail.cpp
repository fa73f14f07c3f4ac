// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/filterargument.h"
#include "app/gatehouse/recordline.h"
#include "app/gatehouse/verbs.h"
#include "engine/client/feedstrings.h"
#include "engine/client/livefeed.h"
#include "engine/filter/predicate.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

namespace gatehouse::app {

namespace {

struct TailOptions
{
    std::string filter;
    std::string attach = "http://127.0.0.1:9180";
    std::string tokenFile;
    std::string format = "text";
    quint64 backlog = 10;
};

/// Prints what a feed brings.
class Tail
{
public:
    Tail(client::LiveFeed &feed, const filter::Expression &expression, bool isJson)
        : m_feed(feed)
        , m_expression(expression)
        , m_isJson(isJson)
    {
    }

    void print()
    {
        for (client::FeedBatch &batch : m_feed.take()) {
            m_strings.take(batch);
            if (!m_predicate || m_pool != m_strings.pool()) {
                m_pool = m_strings.pool();
                m_predicate = std::make_unique<filter::Predicate>(m_expression, m_pool);
            }
            m_predicate->setTime(filter::TimeBase::system());
            for (const filter::HotRecord &record : batch.records)
                printIf(record);
            if (batch.skipped + batch.lost > 0)
                std::fprintf(stderr, "gatehouse: %llu not shown: this terminal is too slow\n",
                             static_cast<unsigned long long>(batch.skipped + batch.lost));
        }
        std::fflush(stdout);
    }

private:
    void printIf(const filter::HotRecord &record)
    {
        if (!m_predicate->matches(record))
            return;
        const std::string line = m_isJson ? jsonOf(record, *m_pool) : lineOf(record, *m_pool);
        std::puts(line.c_str());
    }

    client::LiveFeed &m_feed;
    filter::Expression m_expression;
    bool m_isJson;
    client::FeedStrings m_strings;
    std::shared_ptr<const filter::Strings> m_pool;
    std::unique_ptr<filter::Predicate> m_predicate;
};

int tail(const TailOptions &options)
{
    const std::optional<filter::Expression> expression = filterArgument(options.filter);
    if (!expression)
        return Unusable;
    if (expression->hasCold()) {
        std::fprintf(stderr,
                     "gatehouse: headers and bodies are not in the live feed; ask for them "
                     "with `gatehouse show` or GET /admin/v1/exchanges\n");
        return Unusable;
    }
    int argc = 1;
    char name[] = "gatehouse";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    client::Endpoint endpoint{QUrl(QString::fromStdString(options.attach)), {}};
    if (!options.tokenFile.empty()) {
        const Result<QByteArray> token =
            client::Endpoint::readToken(QString::fromStdString(options.tokenFile));
        if (!token) {
            std::fprintf(stderr, "gatehouse: %s\n", token.error().text().toUtf8().constData());
            return Unusable;
        }
        endpoint.token = *token;
    }
    client::LiveFeed feed;
    Tail printer(feed, *expression, options.format == "json");
    QObject::connect(&feed, &client::LiveFeed::ready, qApp, [&printer] { printer.print(); });
    QObject::connect(&feed, &client::LiveFeed::stateChanged, qApp,
                     [](client::LiveFeed::State state, const QString &why) {
                         if (state == client::LiveFeed::State::Lost)
                             std::fprintf(stderr, "gatehouse: no feed: %s; trying again\n",
                                          why.toUtf8().constData());
                     });
    feed.open(endpoint, options.backlog);
    std::signal(SIGINT, SIG_DFL);
    return QCoreApplication::exec();
}

} // namespace

void addTail(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<TailOptions>();
    CLI::App *verb = app.add_subcommand("tail", "follow the requests of a running gateway");
    verb->add_option("filter", options->filter,
                     "which of them, e.g. 'status>=500 or dur>1s'; behind -- if it begins with -");
    verb->add_option("--attach", options->attach, "its admin address");
    verb->add_option("--token-file", options->tokenFile, "file with its admin token");
    verb->add_option("--format", options->format, "text or json, a line each")
        ->check(CLI::IsMember({"text", "json"}));
    verb->add_option("--backlog", options->backlog, "begin with the last so many")
        ->check(CLI::Range(0, 100'000));
    verb->callback([options, &exitCode] { exitCode = tail(*options); });
}

} // namespace gatehouse::app
