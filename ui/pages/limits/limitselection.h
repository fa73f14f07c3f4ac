// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/models/limitinfo.h"

#include <optional>

class QAction;

namespace gatehouse::ui {

class Shortcuts;

/// The limit and the key that are looked at. Owns what can be done to them and enables it.
class LimitSelection : public QObject
{
    Q_OBJECT

public:
    /// Nothing is owned; both must outlive the object.
    LimitSelection(client::AdminApi &api, Shortcuts &shortcuts, QObject *parent = nullptr);
    ~LimitSelection() override;

    void setLimit(const std::optional<LimitInfo> &limit);
    void setKey(const std::optional<LimitKeyInfo> &key);
    /// Whether the engine lets clocks be moved and keys be blocked.
    void setLab(bool isLab);
    [[nodiscard]] const std::optional<LimitInfo> &limit() const { return m_limit; }
    [[nodiscard]] const std::optional<LimitKeyInfo> &key() const { return m_key; }

    [[nodiscard]] QAction *resetAction() const { return m_reset; }
    [[nodiscard]] QAction *fillAction() const { return m_fill; }
    [[nodiscard]] QAction *unblockAction() const { return m_unblock; }
    [[nodiscard]] QAction *keyTrafficAction() const { return m_keyTraffic; }
    [[nodiscard]] QAction *deniedTrafficAction() const { return m_deniedTraffic; }
    /// The picture of the key in words and numbers; whoever shows it connects it.
    [[nodiscard]] QAction *tableAction() const { return m_table; }
    /// For 1 min, 10 min, 1 h.
    [[nodiscard]] const QList<QAction *> &blockActions() const { return m_blocks; }
    /// +1 s, +10 s, +1 min; freeze, run, real.
    [[nodiscard]] const QList<QAction *> &clockActions() const { return m_clock; }
    /// Why the clock cannot be moved nor a key be blocked; empty while they can.
    [[nodiscard]] QString clockRefusal() const { return m_refusal; }

    /// What the last change of a key did, back again.
    void undo();

Q_SIGNALS:
    /// \a canUndo: the state before can be brought back as it was.
    void done(const QString &sentence, bool canUndo);
    void failed(const QString &sentence);
    /// Empty: it is not any more.
    void clockRefused(const QString &reason);
    /// Something of the limit is another one now.
    void changed();
    /// Show the exchanges of this filter.
    void trafficWanted(const QString &filter);

private:
    void makeKeyActions(Shortcuts &shortcuts);
    void makeClockActions(Shortcuts &shortcuts);
    void change(client::Op op, const QString &sentence, const client::Parameters &more = {});
    void send(client::Op op, const client::Parameters &parameters, const QString &sentence,
              bool keepsUndo);
    void setClock(client::Op op, const client::Parameters &more, const QString &sentence);
    void refuse(const Error &error);
    void update();

    client::AdminApi &m_api;
    std::optional<LimitInfo> m_limit;
    std::optional<LimitKeyInfo> m_key;
    QAction *m_reset;
    QAction *m_fill;
    QAction *m_unblock;
    QAction *m_keyTraffic;
    QAction *m_deniedTraffic;
    QAction *m_table;
    QList<QAction *> m_blocks;
    QList<QAction *> m_clock;
    QAction *m_freeze = nullptr;
    QAction *m_run = nullptr;
    QAction *m_real = nullptr;
    QString m_refusal;
    std::optional<client::Parameters> m_undo; ///< of RestoreLimitKey
};

/// \a text as a string of the filter language.
[[nodiscard]] QString filterString(const QString &text);

} // namespace gatehouse::ui
