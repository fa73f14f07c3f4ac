// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace gatehouse::ui {

class Pill;
class Shortcuts;

/// The line below the menus: gateway, list, address, configuration, environment. Its buttons are
/// the actions that the menus show.
class TopBar : public QWidget
{
    Q_OBJECT

public:
    /// Takes the actions engine.run, traffic.pause, traffic.pause-capture, traffic.clear,
    /// route.review and route.apply from \a shortcuts; they must have been made.
    explicit TopBar(Shortcuts &shortcuts, QWidget *parent = nullptr);
    ~TopBar() override;

    /// Where the gateway listens; a click copies the first.
    void setListeners(const QStringList &urls);
    /// \a file empty: the demo. \a revision 0: not known.
    void setConfig(const QString &file, quint32 revision, bool isEdited);
    /// Unapplied changes: the number in Review, and whether Apply can be pressed.
    void setChanges(int count, bool canApply);
    void setEnvironments(const QStringList &names, const QString &current);
    /// Opens the list of environments for the keyboard. False if there are none.
    bool openEnvironments();
    [[nodiscard]] QToolButton *clearButton() const { return m_clear; }

Q_SIGNALS:
    void environmentChosen(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *addButton(QAction *action, bool withText);
    void addLine();

    Shortcuts &m_shortcuts;
    QHBoxLayout *m_row;
    QToolButton *m_clear = nullptr;
    QToolButton *m_address = nullptr;
    QLabel *m_file = nullptr;
    QLabel *m_revision = nullptr;
    QToolButton *m_review = nullptr;
    QToolButton *m_apply = nullptr;
    QComboBox *m_environment = nullptr;
};

} // namespace gatehouse::ui
