// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/frontend/servercontext.h"
#include "engine/frontend/serverexchange.h"
#include "engine/http/headscanner.h"
#include "engine/net/bufferpool.h"
#include "engine/net/stream.h"

namespace gatehouse::frontend {

class HttpServer;

/// One client connection speaking HTTP/1. Between requests it is a small object that waits for an
/// edge: no buffer, no coroutine. A complete head starts a ServerExchange, whose root task answers
/// it; pipelined requests are answered one after the other.
///
/// Owned by its HttpServer; destroys itself through it, only from the event loop.
class ServerConnection final : private net::Stream::Observer, private net::Timer
{
public:
    ServerConnection(HttpServer &server, const net::Address &peer);
    ~ServerConnection() override;

    /// Takes \a fd over and begins to wait for a request. False if it cannot be watched.
    bool open(int fd);
    /// Takes no further request: closes at once if idle, else after the current answer.
    void drain();
    /// Ends whatever is going on.
    void abort();
    /// The current exchange is over. For ServerExchange.
    void exchangeEnded();

    // Siblings, for HttpServer.
    ServerConnection *next = nullptr;
    ServerConnection *previous = nullptr;

private:
    enum class State : unsigned char { Reading, Answering, Lingering };

    void onReadable() override;
    void onHangup() override;
    void onTimeout() override;

    void readRequests();
    bool receive();
    void startExchange();
    static void sendInterim(void *context, const Response &interim);
    void refuse(const Error &error);
    void runRefused(ServerExchange &current, const Error &error);
    void endExchange(ErrorCode code, std::string_view why);
    void begin(ServerExchange &current);
    Task<void> answer(ServerExchange &current);
    Task<void> send(ServerExchange &current, Response response);
    [[nodiscard]] bool mayKeepAlive(const ServerExchange &current, const Response &response) const;
    void finishExchange();
    void waitForRequest();
    void linger();
    void discardInput();
    void close();
    void arm(std::chrono::milliseconds delay);

    HttpServer &m_server;
    net::Stream m_stream;
    net::InputBuffer m_input;
    HeadScanner m_scanner;
    std::unique_ptr<ServerExchange> m_current;
    std::shared_ptr<const ServerSettings> m_settings; // held while answering
    State m_state = State::Reading;
    bool m_isDraining = false;
    bool m_isTrusted = false;
    bool m_hasServed = false; // at least one request
    bool m_mustClose = false; // after the current answer, whatever else
    bool m_isCut = false;     // the answer broke off
    quint32 m_lingered = 0;   // bytes thrown away
    quint16 m_peerPort = 0;
    std::array<char, 46> m_peerText{}; // INET6_ADDRSTRLEN
};

} // namespace gatehouse::frontend
