// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerenvironment.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::ui {

class Environments;
class ProblemLine;

/// Names, values and secrets of the environments; what is written is in force at once.
class EnvironmentEditor : public QWidget
{
    Q_OBJECT

public:
    /// \a environments is not owned and must outlive the editor.
    explicit EnvironmentEditor(Environments &environments, QWidget *parent = nullptr);
    ~EnvironmentEditor() override;

    /// Shows what the environments are now.
    void refresh();
    void addEnvironment();
    void addVariable();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QTreeWidget *table() const { return m_table; }
    [[nodiscard]] QLineEdit *nameField() const { return m_name; }

Q_SIGNALS:
    void closeWanted();

private:
    [[nodiscard]] QWidget *makeTools();
    void fillTable();
    QTreeWidgetItem *addRow(const ComposerVariable &variable);
    void store();
    void onItemChanged(QTreeWidgetItem *item, int column);
    void rename();
    void removeEnvironment();
    void removeVariable();
    [[nodiscard]] int currentIndex() const;

    Environments &m_environments;
    std::vector<ComposerEnvironment> m_all;
    QComboBox *m_which;
    QLineEdit *m_name;
    QTreeWidget *m_table;
    ProblemLine *m_problem;
    bool m_isFilling = false;
};

} // namespace gatehouse::ui
