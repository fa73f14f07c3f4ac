// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/commandpalette.h"

#include "ui/actions/commandmodel.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

// Icon and text at the left, keys at the right.
class CommandDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, type::px(28)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::current();
        const bool isEnabled = index.flags() & Qt::ItemIsEnabled;
        const bool isCurrent = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect, theme.color(isCurrent ? Token::Selected : Token::Base));
        if (isCurrent)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                              theme.color(Token::Accent));
        QRect rect = option.rect.adjusted(12, 0, -12, 0);
        const int side = type::px(16);
        index.data(Qt::DecorationRole)
            .value<QIcon>()
            .paint(painter, QRect(rect.left(), rect.center().y() - side / 2, side, side),
                   Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
        rect.setLeft(rect.left() + side + 8);
        const QString keys = index.data(CommandModel::KeysRole).toString();
        painter->setFont(type::words(11));
        const int width = painter->fontMetrics().horizontalAdvance(keys);
        painter->setPen(theme.color(isCurrent ? Token::Text : Token::Text3));
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, keys);
        rect.setRight(rect.right() - width - 8);
        painter->setFont(type::words());
        painter->setPen(theme.color(isEnabled ? Token::Text : Token::Text3));
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            rect.width()));
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_model(new CommandModel(this))
    , m_edit(new QLineEdit(this))
    , m_list(new QListView(this))
{
    setAccessibleName(tr("Command palette"));
    m_edit->setPlaceholderText(tr("Type what you want to do"));
    m_edit->setAccessibleName(tr("Command"));
    m_edit->setMaxLength(100);
    m_edit->addAction(icon(Glyph::Command, Token::Text3), QLineEdit::LeadingPosition);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // keys go to the field, and from there to the list
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_edit);
    column->addWidget(m_list);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setTyped(text);
        selectFirst();
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::triggerCurrent);
}

CommandPalette::~CommandPalette() = default;

void CommandPalette::openWith(const QList<QAction *> &actions)
{
    m_edit->clear();
    m_model->setActions(actions);
    selectFirst();
    const QWidget *const window = parentWidget();
    const int width = std::min(type::px(560), window->width() - 40);
    resize(width, std::min(type::px(420), window->height() - 100));
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, 72)));
    show();
    m_edit->setFocus();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        moveBy(10);
        return true;
    case Qt::Key_PageUp:
        moveBy(-10);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        triggerCurrent();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

void CommandPalette::selectFirst()
{
    m_list->setCurrentIndex(m_model->index(0));
}

void CommandPalette::moveBy(int rows)
{
    const int last = m_model->rowCount() - 1;
    if (last >= 0)
        m_list->setCurrentIndex(
            m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, last)));
}

void CommandPalette::triggerCurrent()
{
    QAction *const action = m_model->action(m_list->currentIndex());
    if (!action || !action->isEnabled())
        return;
    hide();
    // After the focus has gone back to where it was: the action may depend on it.
    QTimer::singleShot(0, action, &QAction::trigger);
}

} // namespace gatehouse::ui
