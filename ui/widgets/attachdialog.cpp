// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attachdialog.h"

#include "ui/actions/attachment.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace gatehouse::ui {

AttachDialog::AttachDialog(QWidget *parent)
    : QDialog(parent)
    , m_address(new QLineEdit(this))
    , m_tokenFile(new QLineEdit(this))
    , m_problem(paragraph({}, "error", this))
    , m_attach(new QPushButton(tr("Attach"), this))
{
    setWindowTitle(tr("Attach to a running engine"));
    setAccessibleName(windowTitle());
    m_address->setPlaceholderText(QStringLiteral("localhost:9901"));
    m_address->setAccessibleName(tr("Admin address"));
    m_tokenFile->setPlaceholderText(tr("none"));
    m_tokenFile->setAccessibleName(tr("Token file"));
    m_attach->setProperty("kind", "primary");
    m_attach->setDefault(true);
    auto *const cancel = new QPushButton(tr("Cancel"), this);
    auto *const buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_attach);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(4);
    column->addWidget(label(windowTitle(), "headline", this));
    column->addSpacing(8);
    column->addWidget(label(tr("Admin address"), "section", this));
    column->addWidget(m_address);
    column->addSpacing(8);
    column->addWidget(label(tr("Token file"), "section", this));
    column->addWidget(m_tokenFile);
    column->addWidget(m_problem);
    column->addSpacing(12);
    column->addLayout(buttons);
    setMinimumWidth(type::px(440));
    connect(m_address, &QLineEdit::textChanged, this, &AttachDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_attach, &QPushButton::clicked, this, &AttachDialog::attach);
    check();
}

AttachDialog::~AttachDialog() = default;

void AttachDialog::check()
{
    m_attach->setEnabled(!m_address->text().trimmed().isEmpty());
    m_problem->clear();
}

void AttachDialog::attach()
{
    const auto attachment = Attachment::from(m_address->text(), m_tokenFile->text());
    if (!attachment) {
        m_problem->setText(attachment.error().message());
        return;
    }
    Q_EMIT chosen(m_address->text(), m_tokenFile->text());
    accept();
}

} // namespace gatehouse::ui
