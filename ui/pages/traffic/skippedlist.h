// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace gatehouse::ui {

/// Exchanges that the live feed has left out, read from the engine's record in pages. Enter or a
/// double click opens one in the detail. GUI thread.
class SkippedList : public QDialog
{
    Q_OBJECT

public:
    static constexpr int perPage = 1000;

    /// The \a count records before the one of \a seq. \a api is not owned and must outlive the
    /// list.
    SkippedList(client::AdminApi &api, quint64 seq, quint64 count, QWidget *parent = nullptr);
    ~SkippedList() override;

    [[nodiscard]] QTreeWidget &table() const { return *m_table; }
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void exchangeWanted(quint64 seq);

private:
    void load();
    void add(const QJsonObject &page);

    client::AdminApi &m_api;
    quint64 m_after;  ///< records above this
    quint64 m_before; ///< and below this are still to be read; 0: all are there
    quint64 m_count;
    QLabel *m_sentence;
    QTreeWidget *m_table;
    QPushButton *m_more;
};

} // namespace gatehouse::ui
