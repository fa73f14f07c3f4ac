// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/framefeed.h"

#include <chrono>

namespace gatehouse::ui {

namespace {

using std::chrono::milliseconds;

// A frame is to be seen 100 ms after it came; a stream that sleeps is asked less often.
constexpr milliseconds often{100};
constexpr milliseconds seldom{250};
constexpr milliseconds afterFailure{2000};
constexpr int quietAfter = 50;

} // namespace

FrameFeed::FrameFeed(client::AdminApi &api, QObject *parent) : QObject(parent), m_api(api)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FrameFeed::ask);
}

FrameFeed::~FrameFeed() = default;

void FrameFeed::close()
{
    m_timer.stop();
    if (m_context)
        m_context->deleteLater(); // it may be in its own callback
    m_context = nullptr;
    m_seq = 0;
}

void FrameFeed::open(quint64 seq)
{
    close();
    m_seq = seq;
    m_after = -1;
    m_quiet = 0;
    m_isEnded = false;
    if (m_isRunning)
        m_timer.start(0);
}

void FrameFeed::setRunning(bool isRunning)
{
    if (std::exchange(m_isRunning, isRunning) == isRunning)
        return;
    if (!isRunning)
        m_timer.stop();
    else if (m_seq != 0 && !m_isEnded && !m_context)
        m_timer.start(0);
}

void FrameFeed::ask()
{
    if (m_context || m_seq == 0)
        return;
    m_context = new QObject(this);
    const client::Parameters parameters{{QStringLiteral("seq"), QString::number(m_seq)},
                                        {QStringLiteral("after"), QString::number(m_after)},
                                        {QStringLiteral("limit"), QString::number(perPage)}};
    m_api.call(client::Op::ExchangeFrames, parameters, m_context,
               [this, context = m_context](const Result<QJsonObject> &answer) {
                   if (context != m_context)
                       return;
                   context->deleteLater();
                   m_context = nullptr;
                   if (answer) {
                       take(FramePage::from(*answer));
                       return;
                   }
                   if (m_isRunning)
                       m_timer.start(afterFailure);
                   Q_EMIT failed(answer.error().message());
               });
}

void FrameFeed::take(const FramePage &page)
{
    m_quiet = page.frames.empty() ? m_quiet + 1 : 0;
    if (!page.frames.empty())
        m_after = page.frames.back().index;
    const bool isMore = page.next >= 0 && !page.frames.empty();
    m_isEnded = !page.isOpen && !isMore;
    if (m_isRunning && !m_isEnded)
        m_timer.start(isMore ? milliseconds(0) : m_quiet > quietAfter ? seldom : often);
    const quint64 seq = m_seq;
    Q_EMIT arrived(page);
    if (m_isEnded && seq == m_seq)
        Q_EMIT ended();
}

} // namespace gatehouse::ui
