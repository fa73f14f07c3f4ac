// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/redisclient.h"

#include <QCryptographicHash>

#include <algorithm>

namespace gatehouse::state {

namespace {

constexpr std::chrono::milliseconds firstBackOff{50};
constexpr std::chrono::milliseconds longestBackOff{5'000};

/// Suspends until the answer to one command is there.
class RedisAnswer final : public RedisWaiter
{
public:
    RedisAnswer(RedisConnection &connection, const std::vector<std::string> &words)
        : m_connection(connection)
        , m_words(words.begin(), words.end())
    {
    }
    bool await_ready() const { return false; }
    bool await_suspend(std::coroutine_handle<> waiting)
    {
        m_waiting = waiting;
        return m_connection.send(m_words, this);
    }
    Result<RedisReply> await_resume() { return std::move(m_reply); }

    void onReply(Result<RedisReply> reply) override
    {
        m_reply = std::move(reply);
        m_waiting.resume(); // may destroy this
    }

private:
    RedisConnection &m_connection;
    std::vector<std::string_view> m_words;
    std::coroutine_handle<> m_waiting;
    Result<RedisReply> m_reply =
        fail(ErrorCode::Unavailable, "too many commands wait for Redis, or its connection is gone");
};

} // namespace

RedisScript::RedisScript(std::string text)
    : m_text(std::move(text))
    , m_digest(QCryptographicHash::hash(QByteArray::fromStdString(m_text), QCryptographicHash::Sha1)
                   .toHex()
                   .toStdString())
{
}

RedisClient::RedisClient(RedisSettings settings, std::shared_ptr<BackendHealth> health)
    : m_settings(std::move(settings))
    , m_health(std::move(health))
    , m_resolver(std::make_unique<net::Resolver>())
{
}

RedisClient::~RedisClient() = default;

/// A server may close an idle connection: that is no failure.
void RedisClient::onClosed(void *self, const Error &reason, std::optional<SteadyTime> oldest)
{
    if (oldest)
        static_cast<RedisClient *>(self)->failed(reason, *oldest);
}

void RedisClient::failed(const Error &reason, SteadyTime asked)
{
    const SteadyTime now = Clock::system().now();
    m_backOff = m_backOff.count() == 0 ? firstBackOff : std::min(2 * m_backOff, longestBackOff);
    m_nextConnect = now + m_backOff;
    m_health->failed(reason, asked, now);
}

void RedisClient::reopen(const RedisSettings &settings)
{
    std::erase_if(m_retired, [](const auto &connection) { return !connection->isBusy(); });
    if (m_connection && m_connection->isBusy())
        m_retired.push_back(std::move(m_connection));
    m_connection = std::make_unique<RedisConnection>(settings, &RedisClient::onClosed, this);
}

Task<Result<void>> RedisClient::connect()
{
    const SteadyTime begun = Clock::system().now();
    if (m_connection && m_connection->isOpen())
        co_return Result<void>();
    RedisSettings settings = m_settings;
    if (settings.path.empty()) {
        const Result<net::Resolver::Addresses> addresses =
            co_await m_resolver->resolve(settings.host, quint16(settings.port));
        if (!addresses) {
            failed(addresses.error(), begun);
            co_return std::unexpected(addresses.error());
        }
        settings.host = addresses->front().host();
    }
    if (!m_connection || !m_connection->isOpen()) // another command may have opened it meanwhile
        reopen(settings);
    if (m_connection->isOpen())
        co_return Result<void>();
    const Error error = Error(ErrorCode::Unavailable,
                              "cannot connect to " + QString::fromStdString(m_settings.place()))
                            .causedBy(m_connection->openError());
    failed(error, begun);
    co_return std::unexpected(error);
}

Task<Result<RedisReply>> RedisClient::ask(std::vector<std::string> words)
{
    const SteadyTime asked = Clock::system().now();
    const Result<void> connected = co_await connect();
    if (!connected)
        co_return std::unexpected(connected.error());
    RedisAnswer answer(*m_connection, words);
    Result<RedisReply> reply = co_await answer;
    if (!reply)
        co_return reply;
    const SteadyTime now = Clock::system().now();
    if (reply->isServerFailure()) {
        const Error error = Error(ErrorCode::Unavailable, QString::fromStdString(reply->text))
                                .causedBy(QString::fromLatin1(reply->advice()));
        m_health->failed(error, asked, now);
        co_return std::unexpected(error);
    }
    m_backOff = {};
    m_health->succeeded(asked, now);
    co_return reply;
}

Task<Result<RedisReply>> RedisClient::command(std::vector<std::string> words)
{
    const SteadyTime now = Clock::system().now();
    // First the back-off: it must not use up the breaker's trial.
    const bool isAsked = now >= m_nextConnect && m_health->admit(now);
    Result<RedisReply> reply =
        fail(ErrorCode::Unavailable, "Redis is away and left alone for a moment");
    if (isAsked)
        reply = co_await ask(std::move(words));
    if (!reply)
        m_health->countError();
    co_return reply;
}

Task<Result<RedisReply>> RedisClient::eval(const RedisScript &script, std::vector<std::string> keys,
                                           std::vector<std::string> arguments)
{
    std::vector<std::string> words{"EVALSHA", script.digest(), std::to_string(keys.size())};
    std::ranges::move(keys, std::back_inserter(words));
    std::ranges::move(arguments, std::back_inserter(words));
    Result<RedisReply> reply = co_await command(words);
    if (!reply || !reply->isError() || !reply->text.starts_with("NOSCRIPT"))
        co_return reply;
    words[0] = "EVAL";
    words[1] = script.text();
    reply = co_await command(std::move(words));
    co_return reply;
}

} // namespace gatehouse::state
