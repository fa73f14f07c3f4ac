// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/autheditor.h"

#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

AuthEditor::AuthEditor(QWidget *parent)
    : QWidget(parent)
    , m_kinds(new Picker(tr("Kind of authorization"), this))
    , m_stack(new QStackedWidget(this))
    , m_now(paragraph({}, "muted", this))
{
    m_kinds->addItems({tr("None"), tr("Bearer token"), tr("Basic: user and password")});
    auto *const none = new QWidget(m_stack);
    auto *const bearer = new QWidget(m_stack);
    auto *const basic = new QWidget(m_stack);
    for (QWidget *const page : {none, bearer, basic}) {
        auto *const column = new QVBoxLayout(page);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        m_stack->addWidget(page);
    }
    m_token = addField(bearer, tr("Token"), true);
    m_user = addField(basic, tr("User"), false);
    m_password = addField(basic, tr("Password"), true);
    m_stack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *const write = new QPushButton(tr("Write the header"), this);
    auto *const buttons = new QHBoxLayout;
    buttons->addWidget(write);
    buttons->addStretch();
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addWidget(m_kinds, 0, Qt::AlignLeft);
    column->addWidget(m_stack);
    column->addLayout(buttons);
    column->addWidget(m_now);
    column->addStretch();
    connect(m_kinds, &QComboBox::currentIndexChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(write, &QPushButton::clicked, this, &AuthEditor::put);
    for (QLineEdit *const field : {m_token, m_user, m_password})
        connect(field, &QLineEdit::returnPressed, this, &AuthEditor::put);
    setHeader({});
}

AuthEditor::~AuthEditor() = default;

QLineEdit *AuthEditor::addField(QWidget *page, const QString &name, bool isSecret)
{
    auto *const field = new QLineEdit(page);
    field->setAccessibleName(name);
    field->setFont(type::data());
    field->setPlaceholderText(isSecret ? tr("a value, or {{NAME}} of the environment") : QString());
    field->setEchoMode(isSecret ? QLineEdit::PasswordEchoOnEdit : QLineEdit::Normal);
    page->layout()->addWidget(label(name, "section", page));
    page->layout()->addWidget(field);
    return field;
}

void AuthEditor::setHeader(const QString &value)
{
    const QString scheme = value.section(' ', 0, 0);
    m_now->setText(value.isEmpty()
                       ? tr("The request has no Authorization header.")
                       : tr("The request has an Authorization header of the scheme %1. It stands "
                            "among the headers, where it can be edited and switched off.")
                             .arg(scheme));
}

void AuthEditor::put()
{
    switch (m_kinds->currentIndex()) {
    case 1:
        Q_EMIT headerWanted(QStringLiteral("Bearer ") + m_token->text().trimmed());
        break;
    case 2: {
        const QString both = m_user->text() + ':' + m_password->text();
        Q_EMIT headerWanted(QStringLiteral("Basic ")
                            + QString::fromLatin1(both.toUtf8().toBase64()));
        break;
    }
    default:
        Q_EMIT headerWanted({});
    }
}

} // namespace gatehouse::ui
