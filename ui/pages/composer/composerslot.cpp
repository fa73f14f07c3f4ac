// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/composerslot.h"

#include "ui/pages/composer/composertab.h"

#include <QVBoxLayout>

namespace gatehouse::ui {

ComposerSlot::ComposerSlot(ComposerRequest request, Maker make, QWidget *parent)
    : QWidget(parent)
    , m_request(std::move(request))
    , m_make(std::move(make))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

ComposerSlot::~ComposerSlot() = default;

ComposerTab &ComposerSlot::tab()
{
    if (!m_tab) {
        m_tab = m_make(m_request, this);
        layout()->addWidget(m_tab);
    }
    return *m_tab;
}

ComposerRequest ComposerSlot::request() const
{
    return m_tab ? m_tab->request() : m_request;
}

void ComposerSlot::showEvent(QShowEvent *event)
{
    (void)tab();
    QWidget::showEvent(event);
}

} // namespace gatehouse::ui
