// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "engine/client/exchangedetail.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace gatehouse::ui {

/// Finds the exchange that the engine recorded for a request, by its tag. A new find() drops the
/// one before.
class ExchangeFinder : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds patience{3000};
    using Done = std::function<void(const Result<client::ExchangeDetail> &detail)>;

    /// \a api is not owned and must outlive the object.
    explicit ExchangeFinder(client::AdminApi &api, QObject *parent = nullptr);
    ~ExchangeFinder() override;

    /// Asks until the exchange is there and over. NotFound after patience; other errors at once.
    void find(const QByteArray &tag, Done done);
    void fetch(quint64 seq, Done done);
    void cancel();

private:
    void ask();
    void finish(const Result<client::ExchangeDetail> &detail);

    client::AdminApi &m_api;
    std::unique_ptr<QObject> m_context;
    QTimer m_again;
    QElapsedTimer m_clock;
    QString m_filter;
    Done m_done;
};

} // namespace gatehouse::ui
