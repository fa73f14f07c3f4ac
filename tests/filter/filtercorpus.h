// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/coldsource.h"
#include "engine/filter/predicate.h"
#include "engine/filter/record.h"
#include "engine/filter/strings.h"

#include <QMap>
#include <QString>

#include <memory>
#include <vector>

namespace gatehouse::test {

/// What is kept of an exchange beside its record, by name: "header.x-tenant", "body".
class KeptData final : public filter::ColdSource
{
public:
    void add(const QString &name, const QByteArray &value) { m_values[name.toLower()] << value; }
    void addStage(const QByteArray &name) { m_stages << name; }

    [[nodiscard]] std::optional<QByteArray> header(Message message,
                                                   const QByteArray &name) const override;
    [[nodiscard]] QByteArrayList headerNames(Message message) const override;
    [[nodiscard]] std::optional<QByteArray> body(Message message) const override;
    [[nodiscard]] QByteArrayList frames() const override;
    [[nodiscard]] QByteArrayList stages() const override { return m_stages; }
    [[nodiscard]] QByteArray note() const override;

private:
    QMap<QString, QByteArrayList> m_values;
    QByteArrayList m_stages;
};

/// The records and expressions in tests/filter/corpus: whatever runs filters must give the same
/// rows for them.
struct FilterCorpus
{
    struct Case
    {
        QString expression;
        std::vector<quint64> seqs;
    };

    std::shared_ptr<filter::Strings> strings = std::make_shared<filter::Strings>();
    std::vector<filter::HotRecord> records;
    std::vector<KeptData> kept; ///< of the record at the same place
    std::vector<Case> cases;
    filter::TimeBase time; ///< what "now" is

    /// Reads GATEHOUSE_SOURCE_DIR/tests/filter/corpus. Stops the program if it is broken.
    static FilterCorpus load();
};

} // namespace gatehouse::test
