// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/settings/settingssection.h"

class QKeySequenceEdit;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::ui {

class Shortcuts;

/// Every action with its keys, which can be changed. A change is in force at once.
class KeysSection : public SettingsSection
{
    Q_OBJECT

public:
    /// \a shortcuts is not owned and must outlive the section.
    explicit KeysSection(Shortcuts &shortcuts, QWidget *parent = nullptr);
    ~KeysSection() override;

    void select(const QString &id);
    /// Gives the selected action these keys, or says why it cannot have them.
    void rebind(const QKeySequence &keys);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QTreeWidget *table() const { return m_table; }
    [[nodiscard]] QLineEdit *search() const { return m_search; }
    void resetToDefaults() override;

private:
    [[nodiscard]] QWidget *makeEditor();
    void fill();
    void filter(const QString &text);
    void showSelected();
    void resetSelected();
    [[nodiscard]] QString selectedId() const;

    Shortcuts &m_shortcuts;
    QLineEdit *m_search;
    QTreeWidget *m_table;
    QKeySequenceEdit *m_keys;
    QPushButton *m_set;
    QPushButton *m_none;
    QPushButton *m_reset;
    QLabel *m_problem;
};

} // namespace gatehouse::ui
