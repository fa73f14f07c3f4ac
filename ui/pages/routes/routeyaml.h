// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace gatehouse::ui {

class RouteDraft;

/// The lines of one route in the text of the draft, or all of it, with the numbers that the lines
/// have in the file. Typing edits the draft; problems are underlined where they stand.
class RouteYaml : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// \a draft is not owned and must outlive the editor.
    explicit RouteYaml(RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteYaml() override;

    /// Shows route \a index of the draft; -1: the whole text.
    void showRoute(int index);
    [[nodiscard]] int route() const { return m_route; }
    /// Puts the caret there, if the line (from 1) is shown; false if it is not.
    bool goTo(int line, int column);
    /// Number in the file of the first line that is shown.
    [[nodiscard]] int firstLine() const { return m_firstLine; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void takeTyped();
    void markProblems();
    void fitGutter();
    void paintGutter(QPaintEvent *event);
    bool eventFilter(QObject *watched, QEvent *event) override;

    RouteDraft &m_draft;
    QWidget *m_gutter;
    int m_route = -1;
    int m_firstLine = 1;
    qsizetype m_begin = 0;
    qsizetype m_length = 0;
    bool m_isOwnChange = false;
};

} // namespace gatehouse::ui
