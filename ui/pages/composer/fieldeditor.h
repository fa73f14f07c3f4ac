// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerenvironment.h"
#include "ui/models/composerrequest.h"

#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class ComposerFieldsModel;
class ProblemLine;

/// Names and values as a table with check boxes, or as text.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    /// \a name is what a screen reader says: "Headers". With \a hasText there is a text mode with
    /// "Name: value" lines.
    FieldEditor(const QString &name, bool hasText, QWidget *parent = nullptr);
    ~FieldEditor() override;

    void setFields(const ComposerFields &fields);
    [[nodiscard]] const ComposerFields &fields() const;
    void setEnvironment(const ComposerEnvironment &environment);
    void setProblem(const QString &sentence);
    void setMasked(bool on);
    [[nodiscard]] ComposerFieldsModel &model() const { return *m_model; }
    void setTextMode(bool on);
    [[nodiscard]] QPlainTextEdit *textEdit() const { return m_text; }

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTable(const QString &name);
    void removeSelected();
    void onTextEdited();

    ComposerFieldsModel *m_model;
    QTableView *m_table;
    QPlainTextEdit *m_text;
    QStackedWidget *m_stack;
    QToolButton *m_textMode;
    ProblemLine *m_problem;
};

} // namespace gatehouse::ui
