// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/setting.h"

#include <span>
#include <vector>

namespace gatehouse::ui {

/// Everything that the user has chosen, in one ini file of his own. A value is written as soon as
/// it is applied; nothing secret is ever among them.
class Preferences : public QObject
{
    Q_OBJECT

    QSettings m_file;
    std::vector<SettingBase *> m_all;

public:
    /// \a path: the file; empty for the usual one. It is made with mode 0600.
    explicit Preferences(const QString &path = {}, QObject *parent = nullptr);
    ~Preferences() override;

    Setting<QString> theme; ///< "system" or a themeName()
    Setting<int> scale;     ///< percent
    Setting<bool> reduceMotion;
    Setting<int> rowHeight;         ///< px at 100 %: 20, 24 or 28
    Setting<QString> engineProgram; ///< empty: the one beside the workbench
    Setting<QString> lastConfig;    ///< file to run; empty: the demo
    Setting<int> memoryBudget;      ///< MB
    Setting<int> diskBudget;        ///< MB
    Setting<QString> recording;     ///< "summary", "heads" or "bodies"
    Setting<int> capturesKept;      ///< of windows that were closed
    Setting<bool> maskOnScreen;     ///< presentation mode

    [[nodiscard]] std::span<SettingBase *const> all() const { return m_all; }
    [[nodiscard]] bool hasUnapplied() const;
    /// Applies all; the problems of those that cannot be, with their labels.
    QStringList applyAll();
    void cancelAll();

    /// State that is no setting: geometry, splitters, columns, keys. \a key is "window/geometry".
    [[nodiscard]] QVariant state(const QString &key) const;
    void setState(const QString &key, const QVariant &value);
    void removeState(const QString &key);
    [[nodiscard]] QStringList stateKeys(const QString &group);

private:
    void adopt(std::initializer_list<SettingBase *> settings);
};

} // namespace gatehouse::ui
