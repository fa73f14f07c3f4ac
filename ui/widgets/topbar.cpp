// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/topbar.h"

#include "ui/actions/shortcuts.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace gatehouse::ui {

TopBar::TopBar(Shortcuts &shortcuts, QWidget *parent)
    : QWidget(parent)
    , m_shortcuts(shortcuts)
    , m_row(new QHBoxLayout(this))
{
    setAccessibleName(tr("Gateway"));
    m_row->setContentsMargins(8, 4, 8, 5);
    m_row->setSpacing(4);
    addButton(shortcuts.action("engine.run"), true);
    addButton(shortcuts.action("traffic.pause"), false);
    addButton(shortcuts.action("traffic.pause-capture"), false);
    m_clear = addButton(shortcuts.action("traffic.clear"), false);
    addLine();
    m_address = new QToolButton(this);
    m_address->setProperty("kind", "data");
    m_address->setPopupMode(QToolButton::InstantPopup);
    m_address->setToolTip(tr("Where the gateway listens; choose one to copy it"));
    m_address->setMenu(new QMenu(m_address));
    m_row->addWidget(m_address);
    addLine();
    m_file = label({}, "strong", this);
    m_revision = dataLabel({}, this);
    m_row->addWidget(m_file);
    m_row->addWidget(m_revision);
    m_review = addButton(shortcuts.action("route.review"), true);
    m_apply = addButton(shortcuts.action("route.apply"), true);
    m_row->addStretch();
    m_environment = new Picker(tr("Environment"), this);
    m_environment->setToolTip(tr("Environment: the variables of requests that you send"));
    m_row->addWidget(m_environment);
    connect(m_environment, &QComboBox::textActivated, this, &TopBar::environmentChosen);
    setListeners({});
    setConfig({}, 0, false);
    setChanges(0, false);
    setEnvironments({}, {});
}

TopBar::~TopBar() = default;

QToolButton *TopBar::addButton(QAction *action, bool withText)
{
    auto *const button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(withText ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    button->setIconSize({type::px(16), type::px(16)});
    button->setFocusPolicy(Qt::TabFocus);
    const auto name = [button, action] {
        button->setAccessibleName(action->iconText());
        button->setAccessibleDescription(action->toolTip());
    };
    name();
    connect(action, &QAction::changed, button, name);
    m_row->addWidget(button);
    return button;
}

void TopBar::addLine()
{
    auto *const line = new QWidget(this);
    line->setFixedSize(1, type::px(20));
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    m_row->addSpacing(4);
    m_row->addWidget(line);
    m_row->addSpacing(4);
}

void TopBar::setListeners(const QStringList &urls)
{
    m_address->setEnabled(!urls.isEmpty());
    QString first = urls.isEmpty() ? tr("not listening") : urls.first();
    m_address->setText(first.remove(QStringLiteral("http://")));
    m_address->setAccessibleName(tr("Address %1").arg(m_address->text()));
    m_address->menu()->clear();
    for (const QString &url : urls) {
        m_address->menu()->addAction(icon(Glyph::Copy), tr("Copy %1").arg(url), this,
                                     [url] { QApplication::clipboard()->setText(url); });
    }
}

void TopBar::setConfig(const QString &file, quint32 revision, bool isEdited)
{
    m_file->setText(file.isEmpty() ? tr("Demo") : QFileInfo(file).fileName());
    m_file->setToolTip(file);
    QString text = revision > 0 ? QStringLiteral("r%1").arg(revision) : QString();
    if (isEdited)
        text += QStringLiteral(" *");
    m_revision->setText(text);
    m_revision->setToolTip(isEdited ? tr("There are changes that are not applied.")
                                    : tr("The revision in force."));
    m_revision->setVisible(!text.isEmpty());
}

void TopBar::setChanges(int count, bool canApply)
{
    QAction *const review = m_shortcuts.action("route.review");
    review->setEnabled(count > 0);
    review->setIconText(count > 0 ? tr("Review %1").arg(count) : tr("Review"));
    QAction *const apply = m_shortcuts.action("route.apply");
    apply->setEnabled(canApply);
    apply->setIconText(tr("Apply"));
    m_review->setVisible(count > 0);
    m_apply->setVisible(count > 0);
}

bool TopBar::openEnvironments()
{
    if (m_environment->isHidden())
        return false;
    m_environment->setFocus(Qt::ShortcutFocusReason);
    m_environment->showPopup();
    return true;
}

void TopBar::setEnvironments(const QStringList &names, const QString &current)
{
    m_environment->clear();
    m_environment->addItems(names);
    m_environment->setCurrentText(current);
    m_environment->setVisible(!names.isEmpty());
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Chrome));
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::current().color(Token::Line));
}

} // namespace gatehouse::ui
