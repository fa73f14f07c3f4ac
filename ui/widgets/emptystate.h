// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace gatehouse::ui {

class GlyphLabel;

/// What a view shows instead of nothing: why there is nothing, and what to do about it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    ~EmptyState() override;

    void setContent(Glyph glyph, const QString &title, const QString &sentence);
    /// A line for the shell with a button that copies it; empty for none.
    void setCommand(const QString &command);
    /// The first one is the default one.
    QPushButton *addButton(const QString &text);
    /// The same, for an action that lives elsewhere; it is not owned.
    QPushButton *addAction(QAction *action);
    void clearButtons();

private:
    GlyphLabel *m_glyph;
    QLabel *m_title;
    QLabel *m_sentence;
    QWidget *m_commandRow;
    QLabel *m_command;
    QHBoxLayout *m_buttons;
};

} // namespace gatehouse::ui
