// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/coldexchange.h"
#include "engine/observe/facts.h"
#include "engine/observe/recordmaker.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace gatehouse;
using namespace gatehouse::observe;
using test::isInside;
using test::require;

/// A row of a capture file, which may be damaged or made by somebody else: what is read from it
/// lies inside it, and can be shown.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::span<const char> input(reinterpret_cast<const char *>(data), size);
    const std::optional<RawExchange> raw = RawExchange::read(input);
    if (!raw)
        return 0;
    const std::string_view whole(input.data(), input.size());
    for (const std::string_view text : raw->texts)
        require(isInside(text, whole), "a text");
    for (const RawExchange::Stage &stage : raw->stages) {
        require(isInside(stage.name, whole) && isInside(stage.detail, whole), "a stage's text");
        for (const Fact &fact : factsIn(stage.detail))
            require(isInside(fact.first, whole) && isInside(fact.second, whole), "a fact");
    }
    for (const HeadLine &line : linesOf(raw->text(RawHead::ReceivedHead)))
        require(isInside(line.name, whole) && isInside(line.value, whole), "a line of a head");
    filter::Strings strings;
    const filter::HotRecord record = makeRecord(*raw, strings);
    require(record.spanCount <= record.spans.size(), "too many spans");
    require(quint8(record.decision) < filter::decisionCount, "no decision");
    return 0;
}
