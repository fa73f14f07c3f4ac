// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/navigator.h"

namespace gatehouse::ui {

Navigator::Navigator(QObject *parent) : QObject(parent) {}

Navigator::~Navigator() = default;

void Navigator::go(const Jump &jump)
{
    const bool isHere = !m_steps.empty() && current() == jump;
    if (!isHere) {
        if (!m_steps.empty())
            m_steps.resize(m_at + 1);
        m_steps.push_back(jump);
        if (m_steps.size() > mostSteps)
            m_steps.erase(m_steps.begin());
        m_at = m_steps.size() - 1;
    }
    Q_EMIT jumped(jump);
}

void Navigator::setHere(const QVariantMap &target)
{
    if (!m_steps.empty())
        m_steps[m_at].target = target;
}

void Navigator::back()
{
    if (canGoBack())
        Q_EMIT jumped(m_steps[--m_at]);
}

void Navigator::forward()
{
    if (canGoForward())
        Q_EMIT jumped(m_steps[++m_at]);
}

} // namespace gatehouse::ui
