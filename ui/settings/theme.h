// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"

#include <QColor>
#include <QPalette>

namespace gatehouse::ui {

/// What a colour is for. Code names these, never a value.
enum class Token {
    Base,       ///< tables, editors
    Panel,      ///< cards, detail
    Chrome,     ///< rail, toolbar, status bar
    Hover,      ///< row under the pointer
    Selected,   ///< selected row, with an accent bar of 2 px at its left
    Highlight,  ///< row that a rule of the user marks
    Held,       ///< exchange stopped at a breakpoint
    Line,       ///< separators
    LineStrong, ///< edges of controls
    Text,
    Text2,
    Text3, ///< muted
    Link,  ///< also GET
    Ok,    ///< 2xx, passed
    Redirect,
    Warn,  ///< 4xx, POST
    Error, ///< 5xx, DELETE
    Info,  ///< 101, OPTIONS
    Put,
    Patch,
    Accent, ///< default buttons, and the frame of what has the focus
    OnAccent,
};
inline constexpr int tokenCount = int(Token::OnAccent) + 1;

/// A set of colours that were measured against each other (tests/ui/tst_theme.cpp): text at least
/// 4.5:1 on every ground, 7:1 in the contrast theme; bars at least 3:1.
class Theme
{
public:
    enum class Kind { Light, Dark, Contrast };

    [[nodiscard]] static const Theme &of(Kind kind);
    /// The one in force. Widgets ask in paintEvent() and repaint on QEvent::PaletteChange. GUI
    /// thread.
    [[nodiscard]] static const Theme &current();
    /// For ThemeManager and for tests of painting.
    static void setCurrent(Kind kind);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QColor color(Token token) const;
    /// Fill of a bar; never text.
    [[nodiscard]] QColor stage(filter::Family family) const;
    [[nodiscard]] QColor method(const QString &name) const;
    [[nodiscard]] QColor status(int code) const;
    [[nodiscard]] QColor decision(filter::Decision decision) const;
    /// All three groups: an inactive selection stays visible.
    [[nodiscard]] QPalette palette() const;

private:
    explicit Theme(Kind kind) : m_kind(kind) {}
    Kind m_kind;
};

/// The word in settings files: "light", "dark", "contrast".
[[nodiscard]] QString themeName(Theme::Kind kind);

} // namespace gatehouse::ui
