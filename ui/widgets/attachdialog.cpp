// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attachdialog.h"

#include "ui/actions/attachment.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

namespace gatehouse::ui {

AttachDialog::AttachDialog(const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_engines(runningEngines(folder))
    , m_list(new QListWidget(this))
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
    column->addWidget(label(tr("On this machine"), "section", this));
    column->addWidget(m_list);
    if (m_engines.empty())
        column->addWidget(
            paragraph(tr("No engine of yours runs on this machine."), "second", this));
    column->addSpacing(8);
    column->addWidget(label(tr("Admin address"), "section", this));
    column->addWidget(m_address);
    column->addSpacing(8);
    column->addWidget(label(tr("Token file"), "section", this));
    column->addWidget(m_tokenFile);
    column->addWidget(m_problem);
    column->addSpacing(12);
    column->addLayout(buttons);
    setMinimumWidth(type::px(520));
    makeList();
    connect(m_address, &QLineEdit::textChanged, this, &AttachDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_attach, &QPushButton::clicked, this, &AttachDialog::attach);
    check();
}

AttachDialog::~AttachDialog() = default;

/// Two lines for each; the first one is chosen.
void AttachDialog::makeList()
{
    m_list->setAccessibleName(tr("Engines on this machine"));
    m_list->setVisible(!m_engines.empty());
    for (const RunningEngine &engine : m_engines) {
        auto *const item = new QListWidgetItem(icon(Glyph::Plug),
                                               engine.address() + '\n' + engine.words(), m_list);
        item->setData(Qt::AccessibleTextRole,
                      QStringLiteral("%1, %2").arg(engine.address(), engine.words()));
        item->setToolTip(engine.ready.file);
    }
    const int rows = std::clamp(int(m_engines.size()), 1, 4);
    m_list->setFixedHeight(rows * type::px(44) + 2 * m_list->frameWidth());
    connect(m_list, &QListWidget::currentRowChanged, this, &AttachDialog::take);
    // Return reaches the default button by itself.
    connect(m_list, &QListWidget::itemDoubleClicked, this, &AttachDialog::attach);
    if (m_engines.empty()) {
        m_address->setFocus();
        return;
    }
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

void AttachDialog::take(int row)
{
    if (row < 0)
        return;
    const EngineReady &ready = m_engines[std::size_t(row)].ready;
    m_address->setText(ready.admin.toString());
    m_tokenFile->setText(ready.tokenFile);
}

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
