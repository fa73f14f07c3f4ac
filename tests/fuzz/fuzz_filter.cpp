// SPDX-License-Identifier: GPL-3.0-or-later
// Input: the text of a filter. What is accepted is written, read back, said aloud and run.
#include "engine/filter/completion.h"
#include "engine/filter/parser.h"
#include "engine/filter/predicate.h"
#include "engine/filter/review.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using namespace gatehouse;
using namespace gatehouse::filter;
using test::require;

namespace {

void checkProblem(const Problem &problem, const QString &text)
{
    require(problem.column >= 0 && problem.column <= text.size(), "a problem has a place");
    require(problem.length >= 0 && problem.column + problem.length <= text.size(),
            "a problem ends in the text");
    require(!problem.message.isEmpty(), "a problem has a sentence");
}

HotRecord record(Strings &strings)
{
    HotRecord record;
    record.seq = 1;
    record.method = strings.intern("GET");
    record.host = strings.intern("api.local");
    record.path = strings.intern("/v1/orders");
    record.status = 404;
    record.spanCount = 1;
    record.spans[0].name = quint16(strings.intern("middleware.jwt"));
    return record;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size)).left(5000);
    (void)complete(text, text.size() / 2, nullptr);
    const auto expression = Expression::parse(text);
    if (!expression) {
        checkProblem(expression.error(), text);
        return 0;
    }
    const QString written = expression->format();
    require(written.size() <= text.size() + mostTerms, "only spaces between terms are added");
    if (written.size() > mostText)
        return 0;
    const auto again = Expression::parse(written);
    require(again.has_value(), "what is written can be read");
    require(again->format() == written, "there is one way to write it");
    require(expression->isEmpty() == expression->english().isEmpty(), "what is there can be said");
    for (const Problem &problem : review(*expression, text, nullptr))
        checkProblem(problem, text);

    const auto strings = std::make_shared<Strings>();
    const HotRecord one = record(*strings);
    const TimeBase time{1'700'000'000'000'000'000, 0};
    Predicate first(*expression, strings, time);
    Predicate second(*again, strings, time);
    require(first.test(one) == second.test(one), "both readings agree");
    Predicate hot(expression->hotPart(), strings, time);
    require(first.test(one) != Verdict::Yes || hot.test(one) == Verdict::Yes,
            "the hot part accepts whatever the whole accepts");
    return 0;
}
