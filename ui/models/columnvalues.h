// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"

#include <QCache>
#include <QHash>
#include <QTimer>

#include <optional>

namespace gatehouse::ui {

/// Values of columns that no record has, such as `header.X-Tenant`: asked of the engine when they
/// are to be shown, for many exchanges at once, one question at a time. The last used are kept,
/// within a bound. GUI thread.
class ColumnValues : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostAtOnce = 500;         ///< exchanges in a question
    static constexpr int mostCharacters = 4 << 20; ///< that are kept, of all values together

    /// \a api is not owned and must outlive the values.
    explicit ColumnValues(client::AdminApi &api, QObject *parent = nullptr);
    ~ColumnValues() override;

    /// Other columns: what is known is forgotten.
    void setFields(const QStringList &fields);
    [[nodiscard]] const QStringList &fields() const { return m_fields; }
    /// Empty: the exchange has none. nullopt: it is asked for, and arrived() tells.
    [[nodiscard]] std::optional<QString> value(quint64 seq, const QString &field);
    /// What is known of \a seq is no longer true.
    void forget(quint64 seq);
    /// Another engine counts from one again.
    void forgetAll();

Q_SIGNALS:
    void arrived(const std::vector<quint64> &seqs);
    /// Told once, until it answers again.
    void failed(const QString &why);

private:
    using Values = QHash<QString, QString>;

    void ask();
    void take(const QJsonObject &values);

    client::AdminApi &m_api;
    QStringList m_fields;
    QCache<quint64, Values> m_known;
    std::vector<quint64> m_wanted; ///< the newest last; at most mostAtOnce
    std::vector<quint64> m_asked;  ///< in the question under way
    QObject *m_context = nullptr;  ///< of that question, a child
    QTimer m_timer;
    bool m_hasFailed = false;
};

} // namespace gatehouse::ui
