// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/keypane.h"

#include "ui/models/limitfacts.h"
#include "ui/pages/limits/bucketview.h"
#include "ui/pages/limits/limitselection.h"
#include "ui/pages/routes/actionbutton.h"
#include "ui/widgets/factsdialog.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/labels.h"

#include <QMenu>
#include <QVBoxLayout>

namespace gatehouse::ui {

KeyPane::KeyPane(LimitSelection &selection, QWidget *parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_title(label({}, "headline", this))
    , m_sentence(paragraph({}, "plain", this))
    , m_refusal(paragraph({}, "second", this))
    , m_clock(label({}, "second", this))
    , m_bucket(new BucketView(this))
{
    setAccessibleName(tr("Key"));
    m_refusal->hide();
    auto *const work = new FlowLayout(8);
    for (QAction *const action : {selection.keyTrafficAction(), selection.deniedTrafficAction(),
                                  selection.resetAction(), selection.fillAction()})
        work->addWidget(actionButton(*action, "", this));
    work->addWidget(makeBlockButton());
    work->addWidget(actionButton(*selection.unblockAction(), "", this));
    auto *const clock = new FlowLayout(8);
    for (QAction *const action : selection.clockActions())
        clock->addWidget(actionButton(*action, "", this));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addWidget(m_bucket, 10);
    column->addLayout(work);
    column->addSpacing(8);
    column->addWidget(label(tr("VIRTUAL CLOCK"), "section", this));
    column->addWidget(m_clock);
    column->addLayout(clock);
    column->addWidget(m_refusal);
    column->addStretch(1);
    connect(&selection, &LimitSelection::clockRefused, this, [this](const QString &reason) {
        m_refusal->setText(tr("Clocks cannot be moved and keys cannot be blocked: %1").arg(reason));
        m_refusal->setVisible(!reason.isEmpty());
    });
    m_bucket->addAction(selection.tableAction());
    connect(selection.tableAction(), &QAction::triggered, this, &KeyPane::showTable);
    refresh();
}

KeyPane::~KeyPane() = default;

QPushButton *KeyPane::makeBlockButton()
{
    auto *const button = new QPushButton(tr("Block"), this);
    button->setAccessibleName(tr("Block the key"));
    button->setToolTip(tr("Deny the key everything for a time"));
    auto *const menu = new QMenu(button);
    menu->addActions(m_selection.blockActions());
    button->setMenu(menu);
    QAction *const any = m_selection.blockActions().first();
    const auto update = [button, any] { button->setEnabled(any->isEnabled()); };
    connect(any, &QAction::changed, button, update);
    update();
    return button;
}

void KeyPane::showTable()
{
    const LimitKeyInfo key = *m_selection.key();
    const LimitInfo limit = *m_selection.limit();
    const QString title = tr("%1 of %2").arg(key.key, limit.name);
    (new FactsDialog(title, limitFacts(limit, key), window()))->open();
}

void KeyPane::refresh()
{
    const auto &limit = m_selection.limit();
    const auto &key = m_selection.key();
    m_title->setText(key ? key->key : limit ? limit->name : tr("No limit"));
    m_clock->setText(limit ? limit->clock.sentence() : QString());
    m_clock->setVisible(limit.has_value());
    m_bucket->setKey(limit.value_or(LimitInfo()), key);
    m_sentence->setText(key ? m_bucket->sentence() : QString());
    m_sentence->setVisible(key.has_value());
}

} // namespace gatehouse::ui
