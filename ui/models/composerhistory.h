// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerrequest.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include <deque>

namespace gatehouse::ui {

/// A request that was sent, and how it went.
struct ComposerSent
{
    quint64 id = 0;
    ComposerRequest request; ///< without its body if that was larger than mostBodyBytes
    QDateTime at;
    int status = 0; ///< 0: no answer
    qint64 durationUs = 0;
    qint64 size = 0; ///< bytes of the answer's body
    quint64 seq = 0; ///< of the exchange that the engine recorded; 0: none
    QString decision;
    QString error; ///< why there is no answer
    bool isBodyCut = false;
};

/// What a request tab has sent, the newest first; at most mostEntries.
class ComposerHistory : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Request, Outcome, Duration, Size, ColumnCount };
    static constexpr std::size_t mostEntries = 100;
    static constexpr qsizetype mostBodyBytes = 256 * 1024;

    explicit ComposerHistory(QObject *parent = nullptr);
    ~ComposerHistory() override;

    /// The id of the new entry, which is under way.
    quint64 add(const ComposerRequest &request, const QDateTime &at);
    /// Nothing if it has gone by now.
    void update(quint64 id, const std::function<void(ComposerSent &)> &change);
    [[nodiscard]] const ComposerSent &at(int row) const { return m_entries[std::size_t(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::deque<ComposerSent> m_entries;
    quint64 m_lastId = 0;
};

} // namespace gatehouse::ui
