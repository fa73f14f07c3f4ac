// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "engine/client/exchangedetail.h"
#include "engine/client/sender.h"
#include "ui/actions/navigator.h"
#include "ui/models/trafficstore.h"
#include "ui/widgets/trafficactions.h"

#include <optional>

namespace gatehouse::ui {

class ExchangeLoader;

/// What the user does with rows of the list, beyond looking: pin, note, delete, copy, resend,
/// compare. GUI thread.
class RowCommands : public QObject
{
    Q_OBJECT

public:
    /// Nothing is owned; all must outlive the object. \a window holds what must be asked.
    RowCommands(client::AdminApi &api, ExchangeLoader &loader, TrafficStore &store,
                Navigator &navigator, QWidget *window);
    ~RowCommands() override;

    /// Where copied and resent requests go: "http://127.0.0.1:8080".
    void setGateway(const QString &url) { m_url = url; }
    void run(RowAction action, const std::vector<quint64> &seqs);

Q_SIGNALS:
    /// What was done, for a toast.
    void done(const QString &text);
    void failed(const QString &why);
    /// Two exchanges to be shown beside each other.
    void compareWanted(const gatehouse::client::ExchangeDetail &first,
                       const gatehouse::client::ExchangeDetail &second);

private:
    void pin(const std::vector<quint64> &seqs);
    void note(quint64 seq);
    void forget(const std::vector<quint64> &seqs);
    using Writer = QString (*)(const client::OutgoingRequest &request);
    void copyRequest(quint64 seq, const QString &name, Writer write);
    void compare(const std::vector<quint64> &seqs);
    void setPinned(quint64 seq, bool isPinned, const QString &note);

    client::AdminApi &m_api;
    ExchangeLoader &m_loader;
    TrafficStore &m_store;
    Navigator &m_navigator;
    QWidget *m_window;
    QString m_url;
    std::optional<client::ExchangeDetail> m_baseline;
};

} // namespace gatehouse::ui
