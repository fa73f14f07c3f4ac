// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/exchangediff.h"
#include "ui/models/job.h"
#include "ui/pages/detail/bodyloader.h"
#include "ui/pages/detail/detailtab.h"

#include <optional>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::ui {

/// What differs between an exchange and the one that was set as the other: outcome, headers,
/// bodies by structure, times.
class CompareTab : public DetailTab
{
    Q_OBJECT

public:
    static constexpr qint64 mostBodyBytes = 4 * 1024 * 1024; ///< of each side
    static constexpr int mostRows = 500;                     ///< of a body

    explicit CompareTab(client::AdminApi &api, QWidget *parent = nullptr);
    ~CompareTab() override;

    /// Nothing: there is nothing to compare with.
    void setOther(std::optional<client::ExchangeDetail> other);
    [[nodiscard]] bool hasOther() const { return m_other.has_value(); }
    bool showExchange(const client::ExchangeDetail &detail) override;

private:
    // Times differ always, so they are not coloured.
    QTreeWidgetItem *addGroup(const QString &title, const std::vector<DiffRow> &rows,
                              bool isColored = true);
    void addBodies(const client::ExchangeDetail &detail);

    BodyLoader m_loader;
    Job m_job;
    std::optional<client::ExchangeDetail> m_other;
    QLabel *m_title;
    QTreeWidget *m_table;
};

} // namespace gatehouse::ui
