// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/settingssection.h"

#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace gatehouse::ui {

SettingsSection::SettingsSection(const QString &title, const QString &sentence, QWidget *parent)
    : QScrollArea(parent)
    , m_title(title)
{
    setAccessibleName(title);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *const inner = new QWidget(this);
    auto *const words = new QWidget(inner);
    words->setMaximumWidth(type::px(760));
    m_column = new QVBoxLayout(words);
    m_column->setContentsMargins(24, 20, 24, 20);
    m_column->setSpacing(4);
    m_column->addWidget(label(title, "title", words));
    if (!sentence.isEmpty())
        m_column->addWidget(paragraph(sentence, "second", words));
    m_column->addSpacing(12);
    auto *const row = new QHBoxLayout(inner);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(words, 100);
    row->addStretch(1);
    setWidget(inner);
}

SettingsSection::~SettingsSection() = default;

QLabel *SettingsSection::addRow(const QString &name, QWidget *control, const QString &help)
{
    if (!name.isEmpty())
        m_column->addWidget(label(name, "strong", this));
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(name);
    m_column->addWidget(control);
    QLabel *const problem = paragraph({}, "error", this);
    problem->hide();
    m_column->addWidget(problem);
    if (!help.isEmpty())
        m_column->addWidget(paragraph(help, "muted", this));
    m_column->addSpacing(12);
    return problem;
}

void SettingsSection::sayAt(QLabel &problem, const QString &sentence)
{
    problem.setText(sentence);
    problem.setVisible(!sentence.isEmpty());
}

} // namespace gatehouse::ui
