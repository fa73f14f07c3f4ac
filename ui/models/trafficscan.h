// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/predicate.h"
#include "ui/models/trafficsegment.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::ui {

/// One filter over records of several pools: a predicate for each. One thread.
class TrafficMatcher
{
public:
    explicit TrafficMatcher(filter::Expression expression);

    [[nodiscard]] const filter::Expression &expression() const { return m_expression; }
    [[nodiscard]] filter::Verdict test(const filter::HotRecord &record,
                                       const std::shared_ptr<filter::Strings> &strings);
    void setTime(filter::TimeBase time);
    [[nodiscard]] std::optional<filter::Problem> problem() const;

private:
    filter::Expression m_expression;
    filter::TimeBase m_time = filter::TimeBase::system();
    std::map<std::shared_ptr<filter::Strings>, std::unique_ptr<filter::Predicate>> m_predicates;
    const filter::Strings *m_lastStrings = nullptr;
    filter::Predicate *m_last = nullptr;
};

/// What a filter says of a snapshot.
struct ScanResult
{
    std::vector<RowId> accepted;
    std::vector<RowId> unknown; ///< depend on cold data
    std::optional<filter::Problem> problem;
};

/// Runs \a matcher over \a snapshot, or over \a among (ascending as in the snapshot) if it is
/// given. Ends early, with part of the result, if \a isCancelled says so; it is asked every 1024
/// records.
[[nodiscard]] ScanResult scan(const TrafficSnapshot &snapshot, const std::vector<RowId> *among,
                              TrafficMatcher &matcher, const std::function<bool()> &isCancelled);

/// True if whatever \a next accepts is accepted by \a before: it only adds terms.
[[nodiscard]] bool isRefinement(const filter::Expression &before, const filter::Expression &next);

} // namespace gatehouse::ui
