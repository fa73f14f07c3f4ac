// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/jobowner.h"

namespace gatehouse {

/// Work that a request leaves behind for when its answer is on its way: giving back what it held,
/// telling others. Nobody waits for it but the end of its worker, which a drain delays up to
/// shutdown_timeout. What escapes from a job is logged, and nothing more. One thread; a job owns
/// what it uses.
class BackgroundJobs
{
public:
    void spawn(Task<void> job)
    {
        m_jobs.spawn(guarded(std::move(job)));
        m_jobs.sweep(); // one that did not wait holds nothing any more
    }
    [[nodiscard]] bool isIdle() const { return m_jobs.isIdle(); }
    /// Ends all. Not from inside one of them.
    void clear() { m_jobs.clear(); }

private:
    static Task<void> guarded(Task<void> job);

    JobOwner m_jobs;
};

} // namespace gatehouse
