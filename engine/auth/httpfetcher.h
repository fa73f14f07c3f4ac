// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/keysource.h"

#include <QMutex>
#include <QThread>

class QNetworkAccessManager;

namespace gatehouse::auth {

/// Gets documents over HTTP for all workers, on a thread of its own that begins with the first
/// fetch. Bounded in time and size; redirects stay with the same server. Thread-safe.
class HttpFetcher
{
public:
    explicit HttpFetcher(std::chrono::milliseconds limit = std::chrono::seconds(5),
                         qint64 mostBytes = qint64(KeySet::mostBytes));
    ~HttpFetcher(); ///< what is still on its way is dropped
    Q_DISABLE_COPY_MOVE(HttpFetcher)

    using Done = std::function<void(Result<std::string>)>;
    void fetch(const std::string &url, Done done);

private:
    void fetchHere(const QString &url, const Done &done);

    std::chrono::milliseconds m_limit;
    qint64 m_mostBytes;
    QMutex m_mutex;
    QThread m_thread;
    QObject m_context;                          ///< lives on the thread
    QNetworkAccessManager *m_manager = nullptr; ///< of the thread, made there
};

} // namespace gatehouse::auth
