// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerenvironment.h"
#include "ui/models/composerrequest.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace gatehouse::ui {

class BodyHighlighter;
class FieldEditor;
class ProblemLine;
class TextView;

/// The body of a request: none, text, JSON, form, file, or bytes that came with an exchange.
class BodyEditor : public QWidget
{
    Q_OBJECT

public:
    /// Characters that can be edited as text; what is longer is kept as bytes.
    static constexpr qsizetype mostText = 2'000'000;

    explicit BodyEditor(QWidget *parent = nullptr);
    ~BodyEditor() override;

    void setBody(const ComposerBody &body);
    [[nodiscard]] ComposerBody body() const;
    void setEnvironment(const ComposerEnvironment &environment);
    void setProblem(const QString &sentence);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QPlainTextEdit *textEdit() const { return m_text; }
    void setKind(ComposerBody::Kind kind);
    /// Lays the JSON out; does nothing if it is none.
    void prettify();

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QWidget *makeFile();
    void showKind();
    void examine();
    void chooseFile();
    void onEdited();
    [[nodiscard]] ComposerBody::Kind kind() const;

    QComboBox *m_kinds;
    QPushButton *m_pretty;
    QStackedWidget *m_stack;
    QWidget *m_nothing;
    QPlainTextEdit *m_text;
    BodyHighlighter *m_highlighter;
    FieldEditor *m_form;
    QLineEdit *m_file = nullptr;
    TextView *m_hex;
    ProblemLine *m_problem;
    QByteArray m_bytes;
    QString m_refusal; ///< why it cannot be sent
    bool m_isFilling = false;
};

} // namespace gatehouse::ui
