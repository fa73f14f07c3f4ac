// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/filterargument.h"

#include <cstdio>

namespace gatehouse::app {

std::optional<filter::Expression> filterArgument(const std::string &text)
{
    const auto parsed = filter::Expression::parse(QString::fromStdString(text));
    if (parsed)
        return *parsed;
    const filter::Problem &problem = parsed.error();
    std::fprintf(stderr, "gatehouse: filter, column %d: %s\n  %s\n  %s^\n", int(problem.column) + 1,
                 problem.message.toUtf8().constData(), text.c_str(),
                 std::string(std::size_t(problem.column), ' ').c_str());
    if (!problem.fix.isEmpty())
        std::fprintf(stderr, "try: %s\n", problem.fix.toUtf8().constData());
    return std::nullopt;
}

} // namespace gatehouse::app
