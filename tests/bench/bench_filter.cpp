// SPDX-License-Identifier: GPL-3.0-or-later
// Ten filters over a million records with paths of 60 bytes that are all different. "cold": texts
// are tested for the first time; "again": the same predicate once more; "refined": one more term
// over what the first filter left. A line of JSON for each case.
#include "engine/filter/predicate.h"
#include "tests/filter/randomrecord.h"

#include <QElapsedTimer>

#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

using namespace gatehouse;
using namespace gatehouse::filter;

namespace {

constexpr std::size_t count = 1'000'000;

struct Load
{
    std::shared_ptr<Strings> strings = std::make_shared<Strings>();
    std::vector<HotRecord> records;
};

Load makeLoad()
{
    Load load;
    load.records.reserve(count);
    test::Random random(1);
    char path[64];
    for (std::size_t i = 0; i < count; ++i) {
        HotRecord record = test::randomRecord(random, *load.strings, i + 1);
        const int length =
            std::snprintf(path, sizeof(path), "/v1/tenants/%016llx/orders/%08zu/items/%08x",
                          static_cast<unsigned long long>(random()), i, unsigned(random()));
        record.path = load.strings->intern({path, std::size_t(length)});
        load.records.push_back(record);
    }
    return load;
}

std::vector<quint32> scan(Predicate &predicate, const Load &load, const std::vector<quint32> *among,
                          std::size_t from, std::size_t to)
{
    std::vector<quint32> hits;
    for (std::size_t i = from; i < to; ++i) {
        const quint32 row = among ? (*among)[i] : quint32(i);
        if (predicate.test(load.records[row]) == Verdict::Yes)
            hits.push_back(row);
    }
    return hits;
}

double milliseconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

void measure(const Load &load, const QString &text, int threads)
{
    const Expression expression = *Expression::parse(text);
    const Expression refined = expression && *Expression::parse(u"status:200 host:api");
    std::vector<std::unique_ptr<Predicate>> predicates;
    std::vector<std::vector<quint32>> hits(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i)
        predicates.push_back(std::make_unique<Predicate>(expression, load.strings));
    const auto all = [&] {
        std::vector<std::jthread> running;
        for (std::size_t i = 0; i < hits.size(); ++i)
            running.emplace_back([&, i] {
                hits[i] = scan(*predicates[i], load, nullptr, count * i / hits.size(),
                               count * (i + 1) / hits.size());
            });
    };
    const double cold = milliseconds(all);
    const double again = milliseconds(all);
    std::size_t found = 0;
    for (const std::vector<quint32> &part : hits)
        found += part.size();
    const double refine = milliseconds([&] {
        std::vector<std::jthread> running;
        for (const std::vector<quint32> &part : hits)
            running.emplace_back([&] {
                Predicate predicate(refined, load.strings);
                (void)scan(predicate, load, &part, 0, part.size());
            });
    });
    std::printf("{\"filter\":\"%s\",\"threads\":%d,\"cold_ms\":%.0f,\"again_ms\":%.0f,"
                "\"refined_ms\":%.0f,\"hits\":%zu,\"records_per_s\":%.0f}\n",
                qPrintable(text), threads, cold, again, refine, found, double(count) / cold * 1e3);
}

} // namespace

int main()
{
    const Load load = makeLoad();
    for (const char *text :
         {"status>=500", "decision:limited key:user=42", "route:orders -is:open", "orders/0000",
          "path:*/items/*7", "path~^/v1/tenants/[0-9a-f]+/orders/\\d*7/", "url:local/v1/tenants/a",
          "mw.jwt>5ms or stage.wait>10ms", "(method:POST,PUT) host:api dur:100ms..2s",
          "tenants/ff status:200 or client:2001"}) {
        for (const int threads : {1, 2})
            measure(load, QString::fromUtf8(text), threads);
    }
    return 0;
}
