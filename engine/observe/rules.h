// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/predicate.h"
#include "engine/observe/recording.h"

#include <memory>
#include <vector>

namespace gatehouse::observe {

/// The capture rules at work. One thread.
class Rules
{
public:
    /// InvalidConfig, with the place in the text, if a rule is no filter or asks for what only cold
    /// data could tell.
    static Result<std::vector<filter::Expression>> read(const std::vector<CaptureRule> &rules);

    Rules() = default;
    Rules(std::vector<CaptureRule> rules, std::vector<filter::Expression> expressions,
          const std::shared_ptr<const filter::Strings> &strings);

    /// The first rule that accepts \a record; nullptr if none does.
    [[nodiscard]] const CaptureRule *ruleFor(const filter::HotRecord &record);

private:
    std::vector<CaptureRule> m_rules;
    std::vector<std::unique_ptr<filter::Predicate>> m_predicates;
};

} // namespace gatehouse::observe
