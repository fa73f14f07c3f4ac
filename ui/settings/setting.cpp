// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/setting.h"

namespace gatehouse::ui {

SettingBase::SettingBase(QString key, QString label, QVariant defaultValue, Check check,
                         QObject *parent)
    : QObject(parent)
    , m_key(std::move(key))
    , m_label(std::move(label))
    , m_default(std::move(defaultValue))
    , m_value(m_default)
    , m_edited(m_default)
    , m_check(std::move(check))
{
}

SettingBase::~SettingBase() = default;

QString SettingBase::problem() const
{
    return m_check ? m_check(m_edited) : QString();
}

void SettingBase::edit(const QVariant &value)
{
    if (value == m_edited)
        return;
    m_edited = value;
    Q_EMIT editedChanged();
}

bool SettingBase::apply()
{
    if (!problem().isEmpty())
        return false;
    if (isDirty()) {
        m_value = m_edited;
        Q_EMIT changed();
    }
    return true;
}

void SettingBase::cancel()
{
    edit(m_value);
}

void SettingBase::resetToDefault()
{
    edit(m_default);
}

void SettingBase::load(const QSettings &file)
{
    QVariant stored = file.value(m_key, m_default); // everything in an ini file is a string
    if (!stored.convert(m_default.metaType()) || (m_check && !m_check(stored).isEmpty()))
        stored = m_default;
    const bool isNew = stored != m_value;
    m_value = m_edited = stored;
    if (isNew)
        Q_EMIT changed();
}

void SettingBase::save(QSettings &file) const
{
    if (isDefault())
        file.remove(m_key);
    else
        file.setValue(m_key, m_value);
}

} // namespace gatehouse::ui
