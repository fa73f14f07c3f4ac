// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/vocabulary.h"
#include "ui/models/trafficstore.h"

#include <QHash>

namespace gatehouse::ui {

/// What the records of a store have been, with counts: hosts, routes, statuses, middlewares.
/// Counts are since the start of the store; evicted records are still in them. Of a field at most
/// 1000 values are kept. GUI thread.
class TrafficVocabulary final : public QObject, public filter::Vocabulary
{
    Q_OBJECT

public:
    explicit TrafficVocabulary(TrafficStore &store, QObject *parent = nullptr);
    ~TrafficVocabulary() override;

    [[nodiscard]] std::vector<Word> values(filter::Field field) const override;
    [[nodiscard]] std::vector<Word> tails(filter::Field field) const override;
    /// Names that somebody knows from elsewhere: routes of the configuration, headers of a detail.
    void addKnown(filter::Field field, const QStringList &names);
    void addKnownTails(filter::Field field, const QStringList &names);

private:
    using Counts = QHash<QByteArray, qint64>;
    static constexpr qsizetype mostValues = 1000;

    void take(quint32 from, quint32 to);
    void count(const TrafficRow &row);
    void add(filter::Field field, std::string_view text);
    void addTail(filter::Field field, std::string_view text);
    [[nodiscard]] static std::vector<Word> sorted(const Counts &counts);

    TrafficStore &m_store;
    QHash<int, Counts> m_values; ///< by field
    QHash<int, Counts> m_tails;
};

} // namespace gatehouse::ui
