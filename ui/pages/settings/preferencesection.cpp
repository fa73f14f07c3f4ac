// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/preferencesection.h"

#include "ui/settings/setting.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace gatehouse::ui {

PreferenceSection::~PreferenceSection() = default;

void PreferenceSection::bind(SettingBase &setting, QLabel *problem,
                             const std::function<void()> &show)
{
    m_rows.push_back({&setting, problem, show});
    const Row row = m_rows.back();
    show();
    // changed(), too: somebody else may set it while the page is open.
    for (const auto signal : {&SettingBase::editedChanged, &SettingBase::changed})
        connect(&setting, signal, this, [this, row] {
            update(row);
            Q_EMIT edited();
        });
}

void PreferenceSection::update(const Row &row)
{
    row.show();
    const QString problem = row.setting->problem();
    sayAt(*row.problem, problem.isEmpty() ? problem : row.setting->label() + ' ' + problem);
}

void PreferenceSection::addChoice(SettingBase &setting,
                                  const std::vector<std::pair<QVariant, QString>> &choices,
                                  const QString &help)
{
    auto *const line = new QWidget(this);
    auto *const picker = new Picker(setting.label(), line);
    for (const auto &[value, name] : choices)
        picker->addItem(name, value);
    auto *const row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(picker);
    row->addStretch();
    QLabel *const problem = addRow(setting.label(), line, help);
    connect(picker, &QComboBox::activated, this,
            [&setting, picker] { setting.edit(picker->currentData()); });
    bind(setting, problem, [&setting, picker] {
        picker->setCurrentIndex(picker->findData(setting.editedVariant()));
    });
}

void PreferenceSection::addNumber(SettingBase &setting, int least, int most, const QString &unit,
                                  const QString &help)
{
    auto *const line = new QWidget(this);
    auto *const spin = new QSpinBox(line);
    spin->setAccessibleName(setting.label());
    spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spin->setRange(least, most);
    spin->setFont(type::data());
    spin->setFixedWidth(type::px(110));
    auto *const row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(spin);
    row->addWidget(label(unit, "second", line));
    row->addStretch();
    QLabel *const problem = addRow(setting.label(), line, help);
    connect(spin, &QSpinBox::valueChanged, this, [&setting](int value) { setting.edit(value); });
    bind(setting, problem, [&setting, spin] {
        const QSignalBlocker quiet(spin);
        spin->setValue(setting.editedVariant().toInt());
    });
}

void PreferenceSection::addSwitch(SettingBase &setting, const QString &help)
{
    auto *const box = new QCheckBox(setting.label(), this);
    QLabel *const problem = addRow({}, box, help);
    connect(box, &QCheckBox::clicked, this, [&setting](bool on) { setting.edit(on); });
    bind(setting, problem, [&setting, box] { box->setChecked(setting.editedVariant().toBool()); });
}

void PreferenceSection::addPath(SettingBase &setting, const QString &placeholder,
                                const QString &help)
{
    auto *const line = new QWidget(this);
    auto *const field = new QLineEdit(line);
    field->setAccessibleName(setting.label());
    field->setFont(type::data());
    field->setPlaceholderText(placeholder);
    auto *const choose = new QPushButton(tr("Choose…"), line);
    choose->setAccessibleName(tr("Choose: %1").arg(setting.label()));
    auto *const row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(field, 1);
    row->addWidget(choose);
    QLabel *const problem = addRow(setting.label(), line, help);
    connect(field, &QLineEdit::textEdited, this,
            [&setting](const QString &text) { setting.edit(text.trimmed()); });
    connect(choose, &QPushButton::clicked, this, [this, &setting] {
        auto *const dialog =
            new QFileDialog(this, setting.label(), setting.editedVariant().toString());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this,
                [&setting](const QString &path) { setting.edit(path); });
        dialog->open();
    });
    bind(setting, problem, [&setting, field] {
        if (field->text().trimmed() != setting.editedVariant().toString())
            field->setText(setting.editedVariant().toString());
    });
}

bool PreferenceSection::isDirty() const
{
    return std::ranges::any_of(m_rows, [](const Row &row) { return row.setting->isDirty(); });
}

bool PreferenceSection::apply()
{
    bool isDone = true;
    for (const Row &row : m_rows) {
        isDone = row.setting->apply() && isDone;
        update(row);
    }
    return isDone;
}

void PreferenceSection::cancel()
{
    for (const Row &row : m_rows) {
        row.setting->cancel();
        update(row);
    }
}

void PreferenceSection::resetToDefaults()
{
    for (const Row &row : m_rows)
        row.setting->edit(row.setting->defaultVariant());
}

} // namespace gatehouse::ui
