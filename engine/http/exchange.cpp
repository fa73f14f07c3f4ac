// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/exchange.h"

namespace gatehouse {

std::string_view Exchange::pathParam(std::string_view name) const
{
    for (const PathParam &param : m_pathParams) {
        if (param.name == name)
            return param.value;
    }
    return {};
}

void Exchange::onFinished(void (*call)(const void *, Exchange &), const void *context)
{
    m_finishHooks = m_arena.make<FinishHook>(FinishHook{call, context, m_finishHooks});
}

void Exchange::setWatch(Watch watch)
{
    m_watch = watch;
    if (watch < Watch::Heads || m_changes)
        return;
    m_changes = m_arena.make<ChangeLog>(m_arena);
    m_changes->begin(m_request);
}

void Exchange::finish(SteadyTime now)
{
    m_endTime = now;
    while (m_finishHooks) {
        const FinishHook hook = *m_finishHooks;
        m_finishHooks = hook.next;
        hook.call(hook.context, *this);
    }
}

void Exchange::reset()
{
    m_arena.reset();
    m_request = Request(m_arena);
    m_clientAddress = {};
    m_requestId = {};
    m_routeId = {};
    m_routeIndex = -1;
    m_status = 0;
    m_pathParams = {};
    m_deadline = SteadyTime::max();
    m_bytesReceived = 0;
    m_bytesSent = 0;
    m_upstream = {};
    m_heads = {};
    m_contentType = {};
    m_errorText = {};
    m_changes = nullptr;
    m_watch = Watch::None;
    m_answerSink = nullptr;
    m_errorCode.reset();
    m_refusal.reset();
    m_finishHooks = nullptr;
    m_attachments = nullptr;
    m_identity = nullptr;
    m_challenges = {};
    m_cors = {};
    m_errorFormat = ErrorFormat::Problem;
    m_trace.clear();
}

} // namespace gatehouse
