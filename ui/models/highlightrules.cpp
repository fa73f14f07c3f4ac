// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/highlightrules.h"

namespace gatehouse::ui {

std::expected<void, filter::Problem> HighlightRules::add(const QString &text)
{
    auto expression = filter::Expression::parse(text);
    if (!expression)
        return std::unexpected(expression.error());
    if (expression->hasCold() || expression->isEmpty())
        return std::unexpected(filter::Problem{
            0,
            text.size(),
            expression->isEmpty()
                ? QStringLiteral("a highlight rule needs a test, such as `status:5xx`")
                : QStringLiteral("highlight rules cannot look at headers, bodies or notes; use "
                                 "fields of the list"),
            {}});
    if (m_rules.size() >= mostRules)
        return std::unexpected(filter::Problem{
            0,
            0,
            QStringLiteral("there are %1 highlight rules already; remove one").arg(mostRules),
            {}});
    m_rules.emplace_back(std::move(*expression));
    return {};
}

void HighlightRules::remove(std::size_t index)
{
    if (index < m_rules.size())
        m_rules.erase(m_rules.begin() + std::ptrdiff_t(index));
}

void HighlightRules::move(std::size_t from, std::size_t to)
{
    if (from >= m_rules.size() || to >= m_rules.size())
        return;
    TrafficMatcher rule = std::move(m_rules[from]);
    m_rules.erase(m_rules.begin() + std::ptrdiff_t(from));
    m_rules.insert(m_rules.begin() + std::ptrdiff_t(to), std::move(rule));
}

QStringList HighlightRules::texts() const
{
    QStringList texts;
    for (const TrafficMatcher &rule : m_rules)
        texts << rule.expression().format();
    return texts;
}

int HighlightRules::match(const filter::HotRecord &record,
                          const std::shared_ptr<filter::Strings> &strings)
{
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (m_rules[i].test(record, strings) == filter::Verdict::Yes)
            return int(i);
    }
    return -1;
}

} // namespace gatehouse::ui
