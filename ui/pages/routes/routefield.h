// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routefields.h"
#include "ui/models/routeproblems.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace gatehouse::ui {

/// A value of the schema in a form, with what is wrong with it below.
class RouteField : public QWidget
{
    Q_OBJECT

public:
    RouteField(const RouteFieldInfo &info, QWidget *parent = nullptr);
    ~RouteField() override;

    [[nodiscard]] const RouteFieldInfo &info() const { return m_info; }
    /// "path": what stands beside it, and what a screen reader says.
    [[nodiscard]] QString name() const { return m_info.keys.last(); }
    /// Makes a picker of a text: for names that stand elsewhere in the file.
    void setChoices(const QStringList &choices, const QString &none);
    /// Shows a value; what is being typed stays.
    void show(const QString &value);
    [[nodiscard]] QString shownValue() const;
    void setProblems(const std::vector<RouteProblem> &problems);
    [[nodiscard]] QString problemText() const;
    void focusEditor();

Q_SIGNALS:
    /// The user has entered another value; empty: none.
    void entered(const QString &value);

private:
    void makePicker(const QStringList &choices, const QString &none);
    void makeLine();

    RouteFieldInfo m_info;
    QLineEdit *m_line = nullptr;
    QComboBox *m_picker = nullptr;
    QLabel *m_problem;
    QString m_value;
};

} // namespace gatehouse::ui
