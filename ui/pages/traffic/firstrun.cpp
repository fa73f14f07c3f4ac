// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/firstrun.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

struct Hint
{
    FirstRun::Step step;
    const char *text;
    const char *what;
};

constexpr Hint hints[] = {
    {FirstRun::Step::Send, QT_TRANSLATE_NOOP("FirstRun", "Send a request"),
     QT_TRANSLATE_NOOP("FirstRun", "it appears in the list")},
    {FirstRun::Step::Why, QT_TRANSLATE_NOOP("FirstRun", "See why"),
     QT_TRANSLATE_NOOP("FirstRun", "every step, with its line of the configuration")},
    {FirstRun::Step::Limit, QT_TRANSLATE_NOOP("FirstRun", "Trip a limit"),
     QT_TRANSLATE_NOOP("FirstRun", "six requests where five are allowed")},
    {FirstRun::Step::Replay, QT_TRANSLATE_NOOP("FirstRun", "Replay one"),
     QT_TRANSLATE_NOOP("FirstRun", "Ctrl+R on any row")},
    {FirstRun::Step::Test, QT_TRANSLATE_NOOP("FirstRun", "Save it as a test"),
     QT_TRANSLATE_NOOP("FirstRun", "which runs without this window")},
};

} // namespace

FirstRun::FirstRun(QWidget *parent) : QFrame(parent)
{
    setProperty("kind", "card");
    setAccessibleName(tr("First steps"));
    auto *const close = new QToolButton(this);
    close->setIcon(icon(Glyph::Close));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the first steps for good"));
    close->setToolTip(tr("Close for good"));
    connect(close, &QToolButton::clicked, this, &FirstRun::closed);
    auto *const top = new QHBoxLayout;
    top->addWidget(label(tr("First steps"), "section", this), 1);
    top->addWidget(close);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 8, 12);
    column->setSpacing(4);
    column->addLayout(top);
    int number = 0;
    for (const Hint &hint : hints) {
        auto *const link =
            new QPushButton(QStringLiteral("%1. %2").arg(++number).arg(tr(hint.text)), this);
        link->setProperty("kind", "link");
        link->setCursor(Qt::PointingHandCursor);
        link->setAccessibleName(tr(hint.text));
        connect(link, &QPushButton::clicked, this,
                [this, step = hint.step] { Q_EMIT wanted(step); });
        auto *const row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(link);
        row->addWidget(label(tr(hint.what), "muted", this), 1);
        column->addLayout(row);
    }
}

FirstRun::~FirstRun() = default;

} // namespace gatehouse::ui
