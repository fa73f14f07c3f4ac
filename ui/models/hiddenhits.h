// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/expression.h"
#include "ui/models/trafficcolumn.h"

#include <QStringList>

#include <bitset>
#include <vector>

namespace gatehouse::ui {

/// What a filter finds in columns that are not shown, so that a row can say why it is there.
class HiddenHits
{
public:
    using Columns = std::bitset<columnCount>;

    HiddenHits() = default;
    HiddenHits(const filter::Expression &expression, Columns hidden);

    [[nodiscard]] bool isEmpty() const { return m_looks.empty(); }
    /// "Client 10.0.0.7"; empty if what fits is to be seen. \a row fits the filter.
    [[nodiscard]] QString of(const TrafficRow &row) const;

private:
    struct Look
    {
        std::vector<Column> columns; ///< one of them has it
        QStringList texts;           ///< any of them; empty: whatever is there
    };

    void collect(const filter::Node &node);
    [[nodiscard]] static bool contains(const Look &look, const QString &text);

    std::vector<Look> m_looks;
    Columns m_hidden;
};

} // namespace gatehouse::ui
