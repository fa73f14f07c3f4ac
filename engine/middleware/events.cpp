// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/builtins.h"
#include "engine/net/pause.h"

namespace gatehouse::middleware {

namespace {

struct EventSettings
{
    std::chrono::milliseconds every{1000};
    qint64 count = 0; ///< 0: without end
    std::string data;
};

/// Server-sent events (HTML Living Standard, section 9.2), one every so often.
class EventBody final : public BodyStream
{
public:
    explicit EventBody(const EventSettings &settings) : m_settings(settings) {}

    Task<Result<Chunk>> read() override
    {
        if (m_number > 0)
            co_await net::Pause(m_settings.every);
        ++m_number;
        m_text = "id: " + std::to_string(m_number) + "\nevent: tick\ndata: " + m_settings.data + ' '
            + std::to_string(m_number) + "\n\n";
        co_return Chunk{m_text, m_settings.count > 0 && m_number == m_settings.count};
    }
    [[nodiscard]] bool isReady() const override { return m_number == 0; }

private:
    const EventSettings &m_settings; // of the chain, which outlives the exchange
    qint64 m_number = 0;
    std::string m_text;
};

class Events final : public Hooks
{
public:
    explicit Events(EventSettings settings) : m_settings(std::move(settings)) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        Response response(exchange.arena(), 200);
        response.headers().add(FieldName::ContentType, "Content-Type", "text/event-stream");
        response.headers().add("Cache-Control", "no-store");
        response.setBody(makeBody<EventBody>(exchange.arena(), m_settings));
        return response;
    }

private:
    EventSettings m_settings;
};

class EventsFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "events"; }
    [[nodiscard]] bool answers() const override { return true; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"every",
                        Schema::duration().withDefault("1s").describe("Time between two events.")},
                       {"count",
                        Schema::integer(0, 1'000'000)
                            .withDefault("10")
                            .describe("How many; 0 goes on until the client leaves.")},
                       {"data",
                        Schema::text().withDefault("tick").describe(
                            "What each event says, in front of its number.")},
                   })
            .describe("Answers with a stream of server-sent events: a source to try clients with.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        EventSettings read{settings.durationOf("every"), settings.integerOf("count"),
                           settings.textOf("data")};
        if (read.every.count() == 0)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be longer than 0").at("every"));
        if (read.data.find_first_of("\r\n") != std::string::npos)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be a single line").at("data"));
        return std::make_unique<Events>(std::move(read));
    }
};

} // namespace

FactoryPtr makeEventsFactory()
{
    return std::make_unique<EventsFactory>();
}

} // namespace gatehouse::middleware
