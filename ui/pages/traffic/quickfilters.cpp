// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/quickfilters.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

struct Quick
{
    const char *title;
    const char *filter;
};

constexpr Quick quicks[] = {
    {QT_TRANSLATE_NOOP("QuickFilters", "All"), ""},
    {QT_TRANSLATE_NOOP("QuickFilters", "Errors"), "status>=500 or is:aborted"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Slow"), "dur>500ms"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Limited"), "decision:limited"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Denied"), "decision:denied"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Unmatched"), "decision:unmatched"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Retried"), "is:retried"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Cached"), "decision:cached"},
    {QT_TRANSLATE_NOOP("QuickFilters", "SSE"), "is:sse"},
    {QT_TRANSLATE_NOOP("QuickFilters", "Pinned"), "is:pinned"},
};

} // namespace

QuickFilters::QuickFilters(QWidget *parent) : QWidget(parent), m_buttons(new QButtonGroup(this))
{
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_buttons->setExclusive(false);
    for (const Quick &quick : quicks) {
        auto *const button = new QToolButton(this);
        button->setText(tr(quick.title));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(tr("Show %1").arg(tr(quick.title)));
        button->setToolTip(*quick.filter ? QString::fromLatin1(quick.filter)
                                         : tr("Everything, without a filter"));
        button->setProperty("filter", QString::fromLatin1(quick.filter));
        m_buttons->addButton(button);
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, filter = quick.filter] {
            setCurrent(QString::fromLatin1(filter));
            Q_EMIT chosen(QString::fromLatin1(filter));
        });
    }
    row->addStretch(1);
    setCurrent({});
}

QuickFilters::~QuickFilters() = default;

void QuickFilters::setCurrent(const QString &text)
{
    for (QAbstractButton *const button : m_buttons->buttons())
        button->setChecked(button->property("filter").toString() == text.trimmed());
}

} // namespace gatehouse::ui
