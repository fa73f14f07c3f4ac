// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/models/filterrunner.h"

namespace gatehouse::ui {

/// Asks the engine for what a filter cannot decide here, because it looks at headers or bodies, and
/// gives the runner the answers page by page. A newer filter makes older answers void. GUI thread.
class ColdFilter : public QObject
{
    Q_OBJECT

public:
    /// Neither is owned; both must outlive the object.
    ColdFilter(client::AdminApi &api, FilterRunner &runner, QObject *parent = nullptr);
    ~ColdFilter() override;

Q_SIGNALS:
    /// Records looked at so far, of those that were asked for; equal at the end.
    void progressed(quint64 looked, quint64 asked);
    void failed(const QString &why);

private:
    void ask(quint64 generation, quint64 first, quint64 before, quint64 asked);

    client::AdminApi &m_api;
    FilterRunner &m_runner;
};

} // namespace gatehouse::ui
