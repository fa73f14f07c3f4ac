// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/completion.h"
#include "engine/filter/expression.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QTimer;

namespace gatehouse::ui {

class FilterLine;

/// The box for filters: while one types it completes, and says below what the text means or what
/// is wrong with it, with the place. What is not valid leaves the last filter in force. GUI thread.
class FilterEdit : public QWidget
{
    Q_OBJECT

public:
    enum class State { Empty, Valid, Suspicious, Invalid };

    explicit FilterEdit(QWidget *parent = nullptr);
    ~FilterEdit() override;

    /// For counts and names; not owned, may be null.
    void setVocabulary(const filter::Vocabulary *vocabulary);
    [[nodiscard]] QString text() const;
    /// Writes the text and, if \a isApplied, puts it into force at once.
    void setText(const QString &text, bool isApplied);
    /// The last filter that was valid: the one in force.
    [[nodiscard]] const filter::Expression &expression() const { return m_expression; }
    [[nodiscard]] State state() const { return m_state; }
    /// What stands below the box.
    [[nodiscard]] QString sentence() const;
    /// Makes the text right if somebody knows how; false if not.
    bool applyFix();
    /// A warning from running the filter: a pattern took too much work.
    void showWarning(const filter::Problem &problem);

    [[nodiscard]] QStringList history() const { return m_history; }
    void setHistory(const QStringList &history);
    void focusText();
    [[nodiscard]] bool isCompleting() const;

Q_SIGNALS:
    /// 150 ms after the last change that left a valid text; at once on Enter.
    void applied(const gatehouse::filter::Expression &expression);
    void stateChanged(gatehouse::ui::FilterEdit::State state);
    void historyChanged(const QStringList &history);
    void saveWanted(const QString &text);
    /// Escape in a box without a popup.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void textEdited();
    void examine();
    void put(State state, const filter::Problem &problem, const QString &sentence);
    void applyNow();
    void remember();
    void browse(int step);
    void complete(bool isAsked);
    void accept(int row);
    void showState();
    [[nodiscard]] bool handleKey(class QKeyEvent *event);
    [[nodiscard]] bool handlePopupKey(class QKeyEvent *event);

    FilterLine *m_line;
    QLabel *m_icon;
    QLabel *m_sentence;
    QListWidget *m_popup;
    QTimer *m_debounce;
    const filter::Vocabulary *m_vocabulary = nullptr;
    std::vector<filter::Completion> m_completions;
    filter::Expression m_expression;
    filter::Problem m_problem;
    State m_state = State::Empty;
    QStringList m_history; ///< the newest first
    int m_browsed = -1;
    QString m_draft; ///< what was there before browsing
};

} // namespace gatehouse::ui
