// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/settings/settingssection.h"

#include <functional>
#include <utility>
#include <vector>

namespace gatehouse::ui {

class SettingBase;

/// A section whose rows are settings of the user: it makes the controls and knows what is dirty.
class PreferenceSection : public SettingsSection
{
    Q_OBJECT

public:
    using SettingsSection::SettingsSection;
    ~PreferenceSection() override;

    [[nodiscard]] bool isDirty() const override;
    bool apply() override;
    void cancel() override;
    void resetToDefaults() override;

protected:
    /// \a choices: value and what it is called.
    void addChoice(SettingBase &setting, const std::vector<std::pair<QVariant, QString>> &choices,
                   const QString &help);
    void addNumber(SettingBase &setting, int least, int most, const QString &unit,
                   const QString &help);
    void addSwitch(SettingBase &setting, const QString &help);
    void addPath(SettingBase &setting, const QString &placeholder, const QString &help);

private:
    void bind(SettingBase &setting, QLabel *problem, const std::function<void()> &show);

    struct Row
    {
        SettingBase *setting;
        QLabel *problem;
        std::function<void()> show; ///< the edited value in the control
    };
    void update(const Row &row);

    std::vector<Row> m_rows;
};

} // namespace gatehouse::ui
