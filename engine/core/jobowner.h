// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/task.h"

#include <list>

namespace gatehouse {

/// Owns tasks that run beside their maker: nothing runs without an owner. The destructor ends all
/// that still run. Finished ones are freed by the next spawn() or sweep(). One thread.
class JobOwner
{
public:
    void spawn(Task<void> task)
    {
        sweep();
        m_tasks.push_back(std::move(task));
        m_tasks.back().start();
    }
    void sweep()
    {
        m_tasks.remove_if([](const Task<void> &task) { return task.isDone(); });
    }
    /// Ends all. Not from inside one of them.
    void clear() { m_tasks.clear(); }
    [[nodiscard]] bool isIdle() const
    {
        for (const Task<void> &task : m_tasks) {
            if (!task.isDone())
                return false;
        }
        return true;
    }

private:
    std::list<Task<void>> m_tasks;
};

} // namespace gatehouse
