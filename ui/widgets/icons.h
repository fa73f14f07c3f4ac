// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "ui/settings/theme.h"

#include <QIcon>
#include <QPainterPath>

#include <optional>

namespace gatehouse::ui {

/// The pictures of the window, by what they mean.
enum class Glyph {
    // Pages.
    Traffic,
    Composer,
    Routes,
    Limits,
    Upstreams,
    Tests,
    Settings,
    // Actions.
    Run,
    Stop,
    Restart,
    Pause,
    Resume,
    Record,
    Clear,
    Pin,
    Note,
    Replay,
    Edit,
    Compare,
    Copy,
    Save,
    Open,
    Search,
    Filter,
    Apply,
    Review,
    Undo,
    Add,
    Remove,
    Command,
    More,
    External,
    Wrap,
    // States.
    Ok,
    Info,
    Warning,
    Error,
    Close,
    Lock,
    Unlock,
    Clock,
    Live,
    File,
    Plug,
    Environment,
    Help,
    // Directions.
    ChevronUp,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Back,
    Forward,
    // Decisions.
    Waiting,
    Passed,
    Limited,
    Denied,
    Unmatched,
    Cached,
    Mocked,
    Circuit,
    Failed,
};
inline constexpr int glyphCount = int(Glyph::Failed) + 1;

/// The lines of a glyph on its grid of 24 units; stroked 1.75 wide with round caps.
[[nodiscard]] const QPainterPath &glyphPath(Glyph glyph);
[[nodiscard]] Glyph decisionGlyph(filter::Decision decision);

/// Draws \a glyph into \a rect, as large as fits its shorter side.
void paintGlyph(QPainter &painter, const QRectF &rect, Glyph glyph, const QColor &color);
/// Tinted from the theme in force at the time of painting: Text, Text3 when disabled.
[[nodiscard]] QIcon icon(Glyph glyph);
/// The same in a colour with a meaning.
[[nodiscard]] QIcon icon(Glyph glyph, Token tint);

} // namespace gatehouse::ui
