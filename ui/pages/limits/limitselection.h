// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"

#include <QObject>

#include <optional>

class QAction;

namespace gatehouse::client {
class AdminApi;
enum class Op;
} // namespace gatehouse::client

namespace gatehouse::ui {

/// The limit and the key that are looked at. Owns what can be done to them and enables it.
class LimitSelection : public QObject
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the object.
    explicit LimitSelection(client::AdminApi &api, QObject *parent = nullptr);
    ~LimitSelection() override;

    void setLimit(const std::optional<LimitInfo> &limit);
    void setKey(const std::optional<LimitKeyInfo> &key);
    [[nodiscard]] const std::optional<LimitInfo> &limit() const { return m_limit; }
    [[nodiscard]] const std::optional<LimitKeyInfo> &key() const { return m_key; }

    [[nodiscard]] QAction *resetAction() const { return m_reset; }
    [[nodiscard]] QAction *fillAction() const { return m_fill; }
    [[nodiscard]] QAction *keyTrafficAction() const { return m_keyTraffic; }
    [[nodiscard]] QAction *deniedTrafficAction() const { return m_deniedTraffic; }
    /// +1 s, +10 s, +1 min.
    [[nodiscard]] const QList<QAction *> &clockActions() const { return m_clock; }
    /// Why the clock cannot be moved; empty while it can.
    [[nodiscard]] QString clockRefusal() const { return m_refusal; }

    /// What the last reset or fill did, back again.
    void undo();

Q_SIGNALS:
    /// \a canUndo: the state before can be brought back as it was.
    void done(const QString &sentence, bool canUndo);
    void failed(const QString &sentence);
    void clockRefused(const QString &reason);
    /// Something of the limit is another one now.
    void changed();
    /// Show the exchanges of this filter.
    void trafficWanted(const QString &filter);

private:
    [[nodiscard]] QAction *add(const QString &text, const char *keys);
    void change(client::Op op, const QString &limit, const QString &key, const QString &sentence,
                std::optional<client::Op> back);
    void advance(const QString &by, const QString &words);
    void update();

    client::AdminApi &m_api;
    std::optional<LimitInfo> m_limit;
    std::optional<LimitKeyInfo> m_key;
    QAction *m_reset;
    QAction *m_fill;
    QAction *m_keyTraffic;
    QAction *m_deniedTraffic;
    QList<QAction *> m_clock;
    QString m_refusal;

    struct Undo
    {
        client::Op op;
        QString limit;
        QString key;
    };
    std::optional<Undo> m_undo;
};

/// \a text as a string of the filter language.
[[nodiscard]] QString filterString(const QString &text);

} // namespace gatehouse::ui
