// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "engine/client/exchangedetail.h"

#include <functional>

namespace gatehouse::ui {

/// Fetches all about one exchange. Only the last one that was asked for arrives. GUI thread.
class ExchangeLoader : public QObject
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the loader.
    explicit ExchangeLoader(client::AdminApi &api, QObject *parent = nullptr);
    ~ExchangeLoader() override;

    void load(quint64 seq);
    /// What is under way does not arrive.
    void cancel() { m_wanted = 0; }
    /// With its secrets, for who sends it again; independent of load().
    void reveal(quint64 seq, QObject *context,
                std::function<void(const client::ExchangeDetail &detail)> done);

Q_SIGNALS:
    void loaded(const gatehouse::client::ExchangeDetail &detail);
    void failed(quint64 seq, const QString &why);

private:
    client::AdminApi &m_api;
    quint64 m_wanted = 0;
};

} // namespace gatehouse::ui
