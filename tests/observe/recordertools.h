// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/recorder.h"
#include "engine/observe/recordquery.h"
#include "tests/observe/finishedexchange.h"

namespace gatehouse::test {

using namespace observe;

inline RecordingSettings watching(Exchange::Watch level = Exchange::Watch::Bodies)
{
    RecordingSettings settings;
    settings.level = level;
    return settings;
}

/// One more exchange through \a recorder's first tap.
inline void send(Recorder &recorder, std::string_view path, const QByteArray &body = {})
{
    FinishedExchange finished(path, recorder.tap(0).watch());
    finished.stage("route.match", Verdict::Passed);
    if (!body.isEmpty()) {
        CapturedBodies &bodies = recorder.tap(0).keepBodies(finished.exchange);
        bodies.add(Side::Response, {body.constData(), std::size_t(body.size())});
        finished.exchange.addBytesSent(body.size());
    }
    recorder.tap(0).record(finished.finish(), 1);
}

inline std::vector<quint64> found(Recorder &recorder, const QString &filter)
{
    RecordQuery query;
    query.expression = *filter::Expression::parse(filter);
    query.limit = 1000;
    std::vector<quint64> seqs;
    for (const filter::HotRecord &record : findRecords(recorder, query).records)
        seqs.push_back(record.seq);
    return seqs;
}

} // namespace gatehouse::test
