// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routeconflict.h"

#include "ui/pages/routes/diffview.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QPushButton>

namespace gatehouse::ui {

RouteConflict::RouteConflict(RouteDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_title(paragraph({}, "headline", this))
    , m_sentence(paragraph({}, "second", this))
    , m_mine(new DiffView(tr("Your changes"), this))
    , m_theirs(new DiffView(tr("Their changes"), this))
    , m_keep(new QPushButton(tr("Keep mine on top"), this))
    , m_take(new QPushButton(tr("Take theirs"), this))
{
    setAccessibleName(tr("Conflict"));
    m_keep->setProperty("kind", "primary");
    m_keep->setToolTip(
        tr("Your changes on top of theirs; where both changed the same lines, yours"));
    m_take->setToolTip(tr("Their text; yours comes back with Undo the edit"));
    for (QPushButton *const button : {m_keep, m_take})
        button->setAccessibleName(button->text());
    connect(m_keep, &QPushButton::clicked, &draft, &RouteDraft::keepMine);
    connect(m_take, &QPushButton::clicked, &draft, &RouteDraft::takeTheirs);
    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setSpacing(8);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_sentence, 1, 0, 1, 2);
    grid->addWidget(label(tr("YOURS, AGAINST WHAT YOU BEGAN WITH"), "section", this), 2, 0);
    grid->addWidget(label(tr("THEIRS, AGAINST THE SAME"), "section", this), 2, 1);
    grid->addWidget(m_mine, 3, 0);
    grid->addWidget(m_theirs, 3, 1);
    grid->addWidget(m_keep, 4, 0, Qt::AlignLeft);
    grid->addWidget(m_take, 4, 1, Qt::AlignLeft);
    grid->setRowStretch(3, 1);
    connect(&draft, &RouteDraft::conflictChanged, this, &RouteConflict::refresh);
    connect(&draft, &RouteDraft::textChanged, this, &RouteConflict::refresh);
    refresh();
}

RouteConflict::~RouteConflict() = default;

void RouteConflict::refresh()
{
    const auto &conflict = m_draft.conflict();
    if (!conflict)
        return;
    m_title->setText(conflict->isOnDisk
                         ? tr("The file was changed on the disk and is not in force")
                         : tr("Revision %1 came into force meanwhile").arg(conflict->generation));
    m_sentence->setText(
        conflict->isOnDisk
            ? tr("The engine never writes over such a file. It loads it by itself once it has no "
                 "errors; look at what it says here, mend it there, then apply yours.")
            : tr("Nothing is lost: put your changes on top of it, or take it as it is."));
    m_mine->setTexts(m_draft.base(), m_draft.text(), tr("You have changed nothing."));
    m_theirs->setTexts(m_draft.base(), conflict->theirs, tr("They have changed nothing."));
}

} // namespace gatehouse::ui
