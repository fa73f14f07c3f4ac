// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/models/headerrows.h"

namespace gatehouse::ui {

/// Fetches kept bodies. A new load() drops the answer to the one before.
class BodyLoader : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBytes = 256 * 1024 * 1024;
    static constexpr qint64 partBytes = 4 * 1024 * 1024;
    using Done = std::function<void(const Result<QByteArray> &body)>;

    /// \a api is not owned and must outlive the loader.
    explicit BodyLoader(client::AdminApi &api, QObject *parent = nullptr);
    ~BodyLoader() override;

    /// Asks for \a size bytes, at most mostBytes, in parts.
    void load(quint64 seq, Side side, qint64 size, Done done);
    void cancel();

private:
    void next();
    void finish(const Result<QByteArray> &body);

    client::AdminApi &m_api;
    QObject *m_context = nullptr; ///< of the load under way, a child: answers go with it
    quint64 m_seq = 0;
    Side m_side = Side::Request;
    qint64 m_size = 0;
    QByteArray m_bytes;
    Done m_done;
};

} // namespace gatehouse::ui
