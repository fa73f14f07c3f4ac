// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/settings/type.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

Toast::Toast(QWidget *window)
    : QFrame(window)
    , m_text(label({}, "plain", this))
    , m_undo(new QPushButton(tr("Undo"), this))
{
    setProperty("kind", "toast");
    setAccessibleName(tr("Message"));
    auto *const cross = new QToolButton(this);
    cross->setIcon(icon(Glyph::Close));
    cross->setAccessibleName(tr("Close the message"));
    cross->setToolTip(cross->accessibleName());
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(m_text);
    row->addWidget(m_undo);
    row->addWidget(cross);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Toast::end);
    connect(cross, &QToolButton::clicked, this, &Toast::end);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_timer.stop();
        hide();
        Q_EMIT undone();
    });
    window->installEventFilter(this);
    hide();
}

Toast::~Toast() = default;

void Toast::say(const QString &text, const QString &undo)
{
    if (isVisible())
        Q_EMIT expired();
    m_text->setText(text);
    m_undo->setText(undo);
    m_undo->setAccessibleName(undo);
    m_undo->setVisible(!undo.isEmpty());
    setAccessibleDescription(text);
    m_time = undo.isEmpty() ? std::chrono::seconds(5) : stays;
    m_timer.start(m_time);
    place();
    show();
    raise();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toast::place()
{
    adjustSize();
    const QWidget *const window = parentWidget();
    move((window->width() - width()) / 2, window->height() - height() - type::px(24) - 16);
}

void Toast::end()
{
    m_timer.stop();
    hide();
    Q_EMIT expired();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer.stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    if (isVisible())
        m_timer.start(m_time);
    QFrame::leaveEvent(event);
}

} // namespace gatehouse::ui
