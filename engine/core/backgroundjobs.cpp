// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/backgroundjobs.h"

#include "engine/core/log.h"

namespace gatehouse {

Q_LOGGING_CATEGORY(lcJobs, "gatehouse.core.jobs", QtInfoMsg)

Task<void> BackgroundJobs::guarded(Task<void> job)
{
    QByteArray what;
    try {
        co_await job;
        co_return;
    } catch (const std::exception &error) {
        what = error.what();
    } catch (...) {
        what = "no std::exception";
    }
    LogLine(lcJobs(), QtCriticalMsg, "Disposal error: a job after a request failed")
        .field("what", QString::fromUtf8(what));
}

} // namespace gatehouse
