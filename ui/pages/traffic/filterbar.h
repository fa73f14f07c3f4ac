// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/filteredit.h"

#include <QMenu>

class QToolButton;

namespace gatehouse::ui {

class Preferences;
class QuickFilters;

/// The filter of the list with what belongs to it: saved filters, rules that mark rows, quick
/// filters below.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    /// \a preferences keeps history and saved filters; not owned, must outlive the bar.
    explicit FilterBar(Preferences &preferences, QWidget *parent = nullptr);
    ~FilterBar() override;

    [[nodiscard]] FilterEdit &edit() const { return *m_edit; }
    /// Puts \a text into force.
    void apply(const QString &text);
    /// The texts of the highlight rules, as the menu shows them.
    void setHighlights(const QStringList &texts);

Q_SIGNALS:
    void applied(const gatehouse::filter::Expression &expression);
    void highlightAdded(const QString &text);
    void highlightRemoved(int index);
    void helpWanted();

private:
    void fillSaved();
    void fillHighlights();
    void save(const QString &text);
    [[nodiscard]] QToolButton *menuButton(const QString &text, QMenu &menu);

    Preferences &m_preferences;
    FilterEdit *m_edit;
    QuickFilters *m_quick;
    QMenu m_saved;
    QMenu m_highlight;
    QStringList m_highlights;
};

} // namespace gatehouse::ui
