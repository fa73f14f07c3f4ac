// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routereview.h"

#include "ui/pages/routes/actionbutton.h"
#include "ui/pages/routes/diffview.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/widgets/labels.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::ui {

RouteReview::RouteReview(RouteDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_title(label({}, "headline", this))
    , m_sentences(paragraph({}, "plain", this))
    , m_diff(new DiffView(tr("Changes of the text"), this))
    , m_comment(new QLineEdit(this))
{
    setAccessibleName(tr("Review"));
    m_comment->setPlaceholderText(tr("Why, for the history"));
    m_comment->setAccessibleName(tr("Comment for the history"));
    m_comment->setMaxLength(500);
    connect(m_comment, &QLineEdit::textChanged, &draft, &RouteDraft::setComment);

    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_comment, 1);
    row->addWidget(actionButton(*draft.dryRunAction(), "", this));
    row->addWidget(actionButton(*draft.applyAction(), "primary", this));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_sentences);
    column->addWidget(m_diff, 1);
    column->addLayout(row);
    connect(&draft, &RouteDraft::checked, this, &RouteReview::refresh);
    connect(&draft, &RouteDraft::textChanged, this, &RouteReview::refresh);
    connect(&draft, &RouteDraft::baseChanged, this, &RouteReview::refresh);
    connect(&draft, &RouteDraft::applied, m_comment, &QLineEdit::clear);
    refresh();
}

RouteReview::~RouteReview() = default;

void RouteReview::refresh()
{
    if (!m_draft.isDirty()) {
        m_title->setText(tr("Nothing to review"));
        m_sentences->setText(
            tr("The draft is what is in force: revision %1.").arg(m_draft.generation()));
        m_diff->setDiff({}, {});
        return;
    }
    if (!m_draft.isChecked()) {
        m_title->setText(tr("Checking…"));
        return;
    }
    const QStringList &all = m_draft.sentences();
    const int errors = m_draft.errors();
    if (errors > 0)
        m_title->setText(errors == 1 ? tr("1 error stands in the way")
                                     : tr("%1 errors stand in the way").arg(errors));
    else
        m_title->setText(all.size() == 1 ? tr("1 change") : tr("%1 changes").arg(all.size()));
    QStringList lines;
    for (const QString &sentence : all.mid(0, mostSentences))
        lines << QStringLiteral("•  ") + sentence;
    if (all.size() > mostSentences)
        lines << tr("and %1 more").arg(all.size() - mostSentences);
    if (all.isEmpty() && errors == 0)
        lines << tr("Only comments or formatting differ: the gateway will behave as before.");
    m_sentences->setText(lines.join(QLatin1Char('\n')));
    m_diff->setDiff(m_draft.diff(), tr("The text is the same."));
}

} // namespace gatehouse::ui
