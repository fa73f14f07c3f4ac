// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/shortcuts.h"

#include <QAction>

#include <array>

namespace gatehouse::ui {

/// What can be done with rows of the list. Keys are those of the design's table; they work while
/// the list has the focus.
enum class RowAction {
    Next,
    Previous,
    NextError,
    PreviousError,
    Follow,
    FocusFilter,
    Resend,
    EditAndResend,
    Compare,
    SetBaseline,
    Pin,
    Note,
    Delete,
    Clear,
    CopyCurl,
    CopyFetch,
    CopyHttpie,
    CopyRow,
    CopyValue,
    MakeTest,
};
inline constexpr int rowActionCount = int(RowAction::MakeTest) + 1;

/// The actions of one list, owned by it. They are shown in menus and palette as they are.
class TrafficActions : public QObject
{
    Q_OBJECT

public:
    /// \a shortcuts gives texts and keys, which the user may have changed; without it they are
    /// those of the design. Neither is owned; both must outlive the actions.
    explicit TrafficActions(QWidget *list, Shortcuts *shortcuts = nullptr);
    ~TrafficActions() override;

    [[nodiscard]] QAction *of(RowAction action) const { return m_actions[std::size_t(action)]; }
    /// What needs rows is enabled with \a rows selected; a comparison needs two.
    void setSelection(qsizetype rows);

Q_SIGNALS:
    void triggered(gatehouse::ui::RowAction action);

private:
    std::array<QAction *, rowActionCount> m_actions{};
};

} // namespace gatehouse::ui
