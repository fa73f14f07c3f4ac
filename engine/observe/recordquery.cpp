// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/recordquery.h"

#include "engine/filter/predicate.h"
#include "engine/observe/coldexchange.h"

#include <limits>

namespace gatehouse::observe {

namespace {

using filter::HotRecord;
using filter::Predicate;
using filter::Verdict;

struct Candidate
{
    HotRecord hot;
    bool isDecided = true;
};

bool decideCold(Recorder &recorder, Predicate &predicate, const HotRecord &hot)
{
    const Result<Recorder::Detail> detail = recorder.detail(hot.seq);
    if (!detail) // it has made room for others meanwhile
        return false;
    const std::optional<RawExchange> raw =
        RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())});
    if (!raw)
        return false;
    const ColdExchange cold(*raw, detail->note, [&](Side side) {
        constexpr qint64 all = std::numeric_limits<qint32>::max();
        return recorder.body(hot.seq, side, 0, all).value_or(QByteArray());
    });
    return predicate.matches(hot, &cold);
}

} // namespace

RecordPage findRecords(Recorder &recorder, const RecordQuery &query)
{
    RecordPage page;
    const quint64 before = query.before == 0 ? std::numeric_limits<quint64>::max() : query.before;
    std::vector<Candidate> candidates;
    std::optional<Predicate> predicate;
    quint64 undecided = 0;
    const auto take = [&](const HotRecord &hot) {
        if (!predicate)
            predicate.emplace(query.expression, page.strings);
        if (hot.seq <= query.after)
            return true; // pinned ones that are older come last
        ++page.scanned;
        const Verdict verdict = predicate->test(hot);
        if (verdict == Verdict::No)
            return true;
        if (candidates.size() == query.limit || undecided == mostCold) {
            page.next = candidates.back().hot.seq;
            return false;
        }
        undecided += verdict == Verdict::Unknown ? 1 : 0;
        candidates.push_back({hot, verdict == Verdict::Yes});
        return true;
    };
    recorder.visit(before, page.strings, take);
    for (const Candidate &candidate : candidates) {
        if (candidate.isDecided || decideCold(recorder, *predicate, candidate.hot))
            page.records.push_back(candidate.hot);
    }
    if (predicate && predicate->problem())
        page.problem = predicate->problem()->message;
    return page;
}

} // namespace gatehouse::observe
