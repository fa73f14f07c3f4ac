// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcuts.h"

namespace gatehouse::ui {

namespace {

using enum KeyScope;

// clang-format off
constexpr ShortcutInfo table[] = {
    {"file.open-config", QT_TRANSLATE_NOOP("Shortcuts", "&Open configuration…"), "Ctrl+O", Window, Glyph::Open},
    {"file.open-capture", QT_TRANSLATE_NOOP("Shortcuts", "Open &capture…"), "Ctrl+Shift+O", Window, Glyph::Traffic},
    {"file.last-capture", QT_TRANSLATE_NOOP("Shortcuts", "Open the &last capture"), "", Window, Glyph::Restart},
    {"file.save-capture", QT_TRANSLATE_NOOP("Shortcuts", "&Save capture as…"), "Ctrl+Shift+S", Window, Glyph::Save},
    {"file.attach", QT_TRANSLATE_NOOP("Shortcuts", "&Attach to a running engine…"), "", Window, Glyph::Plug},
    {"file.demo", QT_TRANSLATE_NOOP("Shortcuts", "Run the &demo"), "", Window, Glyph::Tests},
    {"file.quit", QT_TRANSLATE_NOOP("Shortcuts", "&Quit"), "Ctrl+Q", Window, Glyph::Close},

    {"engine.run", QT_TRANSLATE_NOOP("Shortcuts", "&Run the gateway"), "Ctrl+F5", Window, Glyph::Run},
    {"engine.restart", QT_TRANSLATE_NOOP("Shortcuts", "Res&tart the gateway"), "Ctrl+Shift+F5", Window, Glyph::Restart},
    {"engine.log", QT_TRANSLATE_NOOP("Shortcuts", "Engine &log"), "Ctrl+Shift+L", Window, Glyph::Command},

    {"traffic.pause", QT_TRANSLATE_NOOP("Shortcuts", "&Pause the list"), "Ctrl+.", Window, Glyph::Pause},
    {"traffic.pause-capture", QT_TRANSLATE_NOOP("Shortcuts", "Pause the &recording"), "Ctrl+Shift+.", Window, Glyph::Record},
    {"traffic.clear", QT_TRANSLATE_NOOP("Shortcuts", "&Clear"), "Ctrl+Shift+Del", Window, Glyph::Clear},
    {"traffic.follow", QT_TRANSLATE_NOOP("Shortcuts", "&Follow new rows"), "F", List, Glyph::Live},
    {"traffic.filter", QT_TRANSLATE_NOOP("Shortcuts", "&Filter the list"), "Ctrl+F; /", List, Glyph::Filter},
    {"traffic.next", QT_TRANSLATE_NOOP("Shortcuts", "Next row"), "J", List, Glyph::ChevronDown},
    {"traffic.previous", QT_TRANSLATE_NOOP("Shortcuts", "Previous row"), "K", List, Glyph::ChevronUp},
    {"traffic.next-error", QT_TRANSLATE_NOOP("Shortcuts", "&Next error"), "N", List, Glyph::ChevronDown},
    {"traffic.previous-error", QT_TRANSLATE_NOOP("Shortcuts", "Pre&vious error"), "Shift+N", List, Glyph::ChevronUp},
    {"traffic.replay", QT_TRANSLATE_NOOP("Shortcuts", "&Resend"), "Ctrl+R; R", List, Glyph::Replay},
    {"traffic.edit", QT_TRANSLATE_NOOP("Shortcuts", "&Edit and resend"), "Ctrl+Shift+R", List, Glyph::Edit},
    {"traffic.compare", QT_TRANSLATE_NOOP("Shortcuts", "C&ompare"), "Ctrl+D", List, Glyph::Compare},
    {"traffic.baseline", QT_TRANSLATE_NOOP("Shortcuts", "Set as &baseline"), "B", List, Glyph::Compare},
    {"traffic.pin", QT_TRANSLATE_NOOP("Shortcuts", "&Pin"), "M", List, Glyph::Pin},
    {"traffic.note", QT_TRANSLATE_NOOP("Shortcuts", "N&ote…"), "Ctrl+M", List, Glyph::Note},
    {"traffic.delete", QT_TRANSLATE_NOOP("Shortcuts", "&Delete"), "Del", List, Glyph::Remove},
    {"traffic.curl", QT_TRANSLATE_NOOP("Shortcuts", "Copy as c&URL"), "Ctrl+Shift+C", List, Glyph::Copy},
    {"traffic.fetch", QT_TRANSLATE_NOOP("Shortcuts", "Copy as &fetch"), "", List, Glyph::Copy},
    {"traffic.httpie", QT_TRANSLATE_NOOP("Shortcuts", "Copy as &HTTPie"), "", List, Glyph::Copy},
    {"traffic.copy-row", QT_TRANSLATE_NOOP("Shortcuts", "Cop&y row"), "Ctrl+C", List, Glyph::Copy},
    {"traffic.copy-value", QT_TRANSLATE_NOOP("Shortcuts", "Copy &value"), "", List, Glyph::Copy},
    {"traffic.test", QT_TRANSLATE_NOOP("Shortcuts", "Make &test"), "Ctrl+Shift+T", List, Glyph::Tests},

    {"body.find", QT_TRANSLATE_NOOP("Shortcuts", "&Find in the body"), "Ctrl+F", Body, Glyph::Search},

    {"composer.send", QT_TRANSLATE_NOOP("Shortcuts", "&Send"), "Ctrl+Return", Composer, Glyph::Composer},
    {"composer.new", QT_TRANSLATE_NOOP("Shortcuts", "&New request"), "Ctrl+T", Composer, Glyph::Add},
    {"composer.close", QT_TRANSLATE_NOOP("Shortcuts", "&Close request"), "Ctrl+W", Composer, Glyph::Close},
    {"composer.next", QT_TRANSLATE_NOOP("Shortcuts", "Ne&xt request"), "Ctrl+Tab", Composer, Glyph::ChevronRight},
    {"composer.previous", QT_TRANSLATE_NOOP("Shortcuts", "P&revious request"), "Ctrl+Shift+Tab", Composer, Glyph::ChevronLeft},
    {"composer.import", QT_TRANSLATE_NOOP("Shortcuts", "&Paste a curl command"), "Ctrl+Shift+V", Composer, Glyph::Open},
    {"composer.curl", QT_TRANSLATE_NOOP("Shortcuts", "Copy request as c&URL"), "Ctrl+Shift+C", Composer, Glyph::Copy},
    {"composer.fetch", QT_TRANSLATE_NOOP("Shortcuts", "Copy request as &fetch"), "", Composer, Glyph::Copy},
    {"composer.httpie", QT_TRANSLATE_NOOP("Shortcuts", "Copy request as &HTTPie"), "", Composer, Glyph::Copy},
    {"composer.environments", QT_TRANSLATE_NOOP("Shortcuts", "Edit &environments"), "Ctrl+Alt+E", Composer, Glyph::Environment},

    {"route.explain", QT_TRANSLATE_NOOP("Shortcuts", "&Explain a request…"), "Ctrl+Shift+E", Window, Glyph::Help},
    {"route.dry-run", QT_TRANSLATE_NOOP("Shortcuts", "&Dry run"), "Ctrl+Shift+D", Window, Glyph::Tests},
    {"route.review", QT_TRANSLATE_NOOP("Shortcuts", "&Review changes"), "Ctrl+Alt+R", Window, Glyph::Review},
    {"route.apply", QT_TRANSLATE_NOOP("Shortcuts", "&Apply changes"), "Ctrl+Shift+A", Window, Glyph::Apply},
    {"route.undo", QT_TRANSLATE_NOOP("Shortcuts", "&Undo the last apply"), "Ctrl+Alt+Z", Window, Glyph::Undo},

    {"route.history", QT_TRANSLATE_NOOP("Shortcuts", "&History"), "", Window, Glyph::Clock},
    {"route.discard", QT_TRANSLATE_NOOP("Shortcuts", "Discard the dra&ft"), "", Window, Glyph::Clear},
    {"route.new", QT_TRANSLATE_NOOP("Shortcuts", "&New route"), "Ins", Routes, Glyph::Add},
    {"route.duplicate", QT_TRANSLATE_NOOP("Shortcuts", "Dupli&cate route"), "Ctrl+D", Routes, Glyph::Copy},
    {"route.delete", QT_TRANSLATE_NOOP("Shortcuts", "De&lete route"), "Del", Routes, Glyph::Remove},
    {"route.up", QT_TRANSLATE_NOOP("Shortcuts", "Move up in the file"), "Alt+Up", Routes, Glyph::ChevronUp},
    {"route.down", QT_TRANSLATE_NOOP("Shortcuts", "Move down in the file"), "Alt+Down", Routes, Glyph::ChevronDown},
    {"route.undo-edit", QT_TRANSLATE_NOOP("Shortcuts", "Undo the edit"), "Ctrl+Z", Routes, Glyph::Undo},
    {"route.redo-edit", QT_TRANSLATE_NOOP("Shortcuts", "Redo the edit"), "Ctrl+Shift+Z; Ctrl+Y", Routes, Glyph::Forward},

    {"limit.requests", QT_TRANSLATE_NOOP("Shortcuts", "Show its re&quests"), "Ctrl+Return", Limits, Glyph::Traffic},
    {"limit.denied", QT_TRANSLATE_NOOP("Shortcuts", "Show what it &denied"), "Ctrl+Shift+Return", Limits, Glyph::Denied},
    {"limit.table", QT_TRANSLATE_NOOP("Shortcuts", "&View as table"), "T", Limits, Glyph::Review},
    {"limit.reset", QT_TRANSLATE_NOOP("Shortcuts", "&Reset the key"), "Del", Limits, Glyph::Restart},
    {"limit.fill", QT_TRANSLATE_NOOP("Shortcuts", "&Use all up"), "Ctrl+U", Limits, Glyph::Limited},
    {"limit.block-short", QT_TRANSLATE_NOOP("Shortcuts", "Block for &1 min"), "", Limits, Glyph::Lock},
    {"limit.block", QT_TRANSLATE_NOOP("Shortcuts", "&Block for 10 min"), "Ctrl+B", Limits, Glyph::Lock},
    {"limit.block-long", QT_TRANSLATE_NOOP("Shortcuts", "Block for 1 &h"), "", Limits, Glyph::Lock},
    {"limit.unblock", QT_TRANSLATE_NOOP("Shortcuts", "U&nblock"), "Ctrl+Shift+B", Limits, Glyph::Undo},
    {"limit.second", QT_TRANSLATE_NOOP("Shortcuts", "Its clock: +1 &s"), "", Limits, Glyph::Clock},
    {"limit.ten-seconds", QT_TRANSLATE_NOOP("Shortcuts", "Its clock: +1&0 s"), "", Limits, Glyph::Clock},
    {"limit.minute", QT_TRANSLATE_NOOP("Shortcuts", "Its clock: +1 &min"), "", Limits, Glyph::Clock},
    {"limit.freeze", QT_TRANSLATE_NOOP("Shortcuts", "&Freeze its clock"), "Ctrl+Alt+F", Limits, Glyph::Pause},
    {"limit.run", QT_TRANSLATE_NOOP("Shortcuts", "&Let its clock run"), "Ctrl+Alt+L", Limits, Glyph::Run},
    {"limit.real", QT_TRANSLATE_NOOP("Shortcuts", "Its &time is the real one"), "", Limits, Glyph::Restart},

    {"go.palette", QT_TRANSLATE_NOOP("Shortcuts", "&Command palette"), "Ctrl+Shift+P; Ctrl+K", Window, Glyph::Command},
    {"go.back", QT_TRANSLATE_NOOP("Shortcuts", "&Back"), "Alt+Left", Window, Glyph::Back},
    {"go.forward", QT_TRANSLATE_NOOP("Shortcuts", "&Forward"), "Alt+Right", Window, Glyph::Forward},
    {"go.list", QT_TRANSLATE_NOOP("Shortcuts", "Focus the &list"), "Ctrl+[", Window, Glyph::ChevronLeft},
    {"go.detail", QT_TRANSLATE_NOOP("Shortcuts", "Focus the &detail"), "Ctrl+]", Window, Glyph::ChevronRight},
    {"go.next-pane", QT_TRANSLATE_NOOP("Shortcuts", "&Next pane"), "F6", Window, Glyph::ChevronRight},
    {"go.previous-pane", QT_TRANSLATE_NOOP("Shortcuts", "&Previous pane"), "Shift+F6", Window, Glyph::ChevronLeft},

    {"view.detail", QT_TRANSLATE_NOOP("Shortcuts", "Show &detail"), "Ctrl+\\", Window, Glyph::Review},
    {"view.mask", QT_TRANSLATE_NOOP("Shortcuts", "&Presentation mode"), "Ctrl+Shift+H", Window, Glyph::Lock},
    {"view.environment", QT_TRANSLATE_NOOP("Shortcuts", "Choose &environment"), "Ctrl+E", Window, Glyph::Environment},
    {"view.larger", QT_TRANSLATE_NOOP("Shortcuts", "&Larger text"), "Ctrl++; Ctrl+=", Window, Glyph::Add},
    {"view.smaller", QT_TRANSLATE_NOOP("Shortcuts", "&Smaller text"), "Ctrl+-", Window, Glyph::Remove},
    {"view.reset-layout", QT_TRANSLATE_NOOP("Shortcuts", "&Reset layout"), "", Window, Glyph::Restart},
    {"view.settings", QT_TRANSLATE_NOOP("Shortcuts", "&Settings"), "Ctrl+,", Window, Glyph::Settings},

    {"help.keys", QT_TRANSLATE_NOOP("Shortcuts", "&Keys"), "F1", Window, Glyph::Help},
    {"help.about", QT_TRANSLATE_NOOP("Shortcuts", "&About Gatehouse"), "", Window, Glyph::Info},
};
// clang-format on

} // namespace

std::span<const ShortcutInfo> shortcutTable()
{
    return table;
}

} // namespace gatehouse::ui
