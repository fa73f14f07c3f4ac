// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/accesslog.h"

#include "engine/middleware/builtins.h"
#include "engine/observe/logfile.h"

namespace gatehouse::middleware {

namespace {

/// Writes one line for each exchange when it is over, also for one that was cancelled.
class AccessLog final : public Hooks
{
public:
    AccessLog(std::shared_ptr<observe::LogFile> file, bool isJson, bool withStages)
        : m_buffer(std::make_unique<observe::LogBuffer>(std::move(file)))
        , m_isJson(isJson)
        , m_withStages(withStages)
    {
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        exchange.onFinished(&AccessLog::write, this);
        return std::nullopt;
    }

private:
    static void write(const void *context, Exchange &exchange)
    {
        const auto *self = static_cast<const AccessLog *>(context);
        std::string &line = self->m_buffer->line();
        if (self->m_isJson)
            observe::appendJsonLine(line, exchange, self->m_withStages);
        else
            observe::appendCommonLine(line, exchange);
        self->m_buffer->commit();
    }

    std::unique_ptr<observe::LogBuffer> m_buffer; // of this chain's worker
    bool m_isJson;
    bool m_withStages;
};

class AccessLogFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "access_log"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"path",
                        Schema::text().withDefault("-").describe(
                            "A file to append to; - is standard output.")},
                       {"format",
                        Schema::choice({"json", "common"})
                            .withDefault("json")
                            .describe("One JSON object, or the Common Log Format, per line.")},
                       {"stages",
                        Schema::boolean().withDefault("false").describe(
                            "Add every stage with its time and verdict to the JSON.")},
                   })
            .describe("Writes one line for every finished request.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        const std::string path = resolvePath(context.folder, settings.textOf("path"));
        Result<std::shared_ptr<observe::LogFile>> file = observe::LogFile::open(path);
        if (!file)
            return std::unexpected(file.error().at("path"));
        return std::make_unique<AccessLog>(std::move(*file), settings.textOf("format") == "json",
                                           settings.flagOf("stages"));
    }
};

} // namespace

FactoryPtr makeAccessLogFactory()
{
    return std::make_unique<AccessLogFactory>();
}

} // namespace gatehouse::middleware
