// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/trace.h"

namespace gatehouse {

std::string_view verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return "passed";
    case Verdict::Answered:
        return "answered";
    case Verdict::Changed:
        return "changed";
    case Verdict::Failed:
        return "failed";
    }
    return "passed";
}

void Stage::describe(std::string &to) const
{
    to.append(detail);
    if (!facts)
        return;
    if (!detail.empty())
        to.push_back(' ');
    facts->describe(to);
}

} // namespace gatehouse
