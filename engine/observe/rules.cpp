// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/rules.h"

namespace gatehouse::observe {

Result<std::vector<filter::Expression>> Rules::read(const std::vector<CaptureRule> &rules)
{
    std::vector<filter::Expression> expressions;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const QString path = QString("rules[%1].when").arg(i);
        const auto parsed = filter::Expression::parse(rules[i].when);
        if (!parsed)
            return std::unexpected(Error(ErrorCode::BadRequest,
                                         QString("column %1: %2")
                                             .arg(parsed.error().column + 1)
                                             .arg(parsed.error().message))
                                       .at(path));
        if (parsed->hasCold())
            return std::unexpected(
                Error(
                    ErrorCode::BadRequest,
                    "a capture rule cannot ask for headers or bodies: they are what it decides on")
                    .at(path));
        expressions.push_back(*parsed);
    }
    return expressions;
}

Rules::Rules(std::vector<CaptureRule> rules, std::vector<filter::Expression> expressions,
             const std::shared_ptr<const filter::Strings> &strings)
    : m_rules(std::move(rules))
{
    for (filter::Expression &expression : expressions)
        m_predicates.push_back(std::make_unique<filter::Predicate>(std::move(expression), strings));
}

const CaptureRule *Rules::ruleFor(const filter::HotRecord &record)
{
    for (std::size_t i = 0; i < m_predicates.size(); ++i) {
        if (m_predicates[i]->matches(record))
            return &m_rules[i];
    }
    return nullptr;
}

} // namespace gatehouse::observe
