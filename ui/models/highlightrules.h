// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/trafficscan.h"

#include <QString>

#include <expected>

namespace gatehouse::ui {

/// Filters that mark rows, in order: the first that accepts a row counts. Hot fields only, since
/// they are asked while rows are painted. GUI thread.
class HighlightRules
{
public:
    static constexpr std::size_t mostRules = 32;

    /// A problem if the text is no filter, needs cold data, or if there are too many rules.
    std::expected<void, filter::Problem> add(const QString &text);
    void remove(std::size_t index);
    void move(std::size_t from, std::size_t to);
    void clear() { m_rules.clear(); }
    [[nodiscard]] std::size_t size() const { return m_rules.size(); }
    [[nodiscard]] QStringList texts() const;

    /// The first rule that accepts the record; -1 if none does.
    [[nodiscard]] int match(const filter::HotRecord &record,
                            const std::shared_ptr<filter::Strings> &strings);

private:
    std::vector<TrafficMatcher> m_rules;
};

} // namespace gatehouse::ui
