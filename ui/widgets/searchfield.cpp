// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/models/units.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

QToolButton *button(Glyph glyph, const QString &name, QWidget *parent)
{
    auto *const made = new QToolButton(parent);
    made->setIcon(icon(glyph));
    made->setToolTip(name);
    made->setAccessibleName(name);
    return made;
}

} // namespace

SearchField::SearchField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_count(label({}, "second", this))
    , m_previous(button(Glyph::ChevronUp, tr("Previous hit (Shift+F3)"), this))
    , m_next(button(Glyph::ChevronDown, tr("Next hit (F3)"), this))
{
    QToolButton *const cross = button(Glyph::Close, tr("Close the search (Esc)"), this);
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_edit, 1);
    row->addWidget(m_count);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(cross);
    m_edit->setPlaceholderText(tr("Find"));
    m_edit->setAccessibleName(tr("Find in the text"));
    m_edit->setClearButtonEnabled(false);
    m_edit->addAction(icon(Glyph::Search, Token::Text3), QLineEdit::LeadingPosition);
    m_edit->setMaxLength(1000);
    m_edit->installEventFilter(this);
    m_delay.setSingleShot(true);
    m_delay.setInterval(150);
    connect(m_edit, &QLineEdit::textChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(&m_delay, &QTimer::timeout, this, [this] { Q_EMIT searched(m_edit->text()); });
    connect(m_next, &QToolButton::clicked, this, &SearchField::next);
    connect(m_previous, &QToolButton::clicked, this, &SearchField::previous);
    connect(cross, &QToolButton::clicked, this, &SearchField::closed);
    setFocusProxy(m_edit);
    setHits(0, 0, false);
}

SearchField::~SearchField() = default;

QString SearchField::text() const
{
    return m_edit->text();
}

void SearchField::setText(const QString &text)
{
    m_edit->setText(text);
}

void SearchField::setHits(int current, int count, bool isMore)
{
    m_next->setEnabled(count > 0);
    m_previous->setEnabled(count > 0);
    if (count == 0) {
        m_count->setText(m_edit->text().isEmpty() ? QString() : tr("nothing found"));
        return;
    }
    m_count->setText(tr("%1 of %2%3")
                         .arg(groupedNumber(current), groupedNumber(count),
                              isMore ? QStringLiteral("+") : QString()));
}

void SearchField::open()
{
    show();
    m_edit->selectAll();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

bool SearchField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    const bool isBack = key.modifiers() & Qt::ShiftModifier;
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F3:
        if (m_delay.isActive()) {
            m_delay.stop();
            Q_EMIT searched(m_edit->text());
        } else if (isBack) {
            Q_EMIT previous();
        } else {
            Q_EMIT next();
        }
        return true;
    case Qt::Key_Escape:
        Q_EMIT closed();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace gatehouse::ui
