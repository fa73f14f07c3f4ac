// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/iconpaths.h"

#include <iterator>

namespace gatehouse::ui {

namespace {

struct Shape
{
    Glyph glyph;
    const char *data;
};

// clang-format off
constexpr Shape shapes[] = {
    {Glyph::Traffic, "M 3 6 L 13 6 M 3 12 L 21 12 M 3 18 L 9 18 M 17 6 L 21 6 M 13 18 L 21 18"},
    {Glyph::Composer, "M 21 3 L 10 14 M 21 3 L 14 21 L 10 14 L 3 10 Z"},
    {Glyph::Routes, "M 4.5 5 A 2 2 0 1 0 8.5 5 A 2 2 0 1 0 4.5 5 M 15.5 7 A 2 2 0 1 0 19.5 7 A 2 2 0 1 0 15.5 7 M 4.5 19 A 2 2 0 1 0 8.5 19 A 2 2 0 1 0 4.5 19 M 6.5 7 L 6.5 17 M 6.5 14 C 6.5 10.5 17.5 13.5 17.5 9"},
    {Glyph::Limits, "M 4 18 A 9 9 0 1 1 20 18 M 12 14 L 16 8.5 M 12 14 L 12 14.01"},
    {Glyph::Upstreams, "M 4 4 L 20 4 L 20 10 L 4 10 Z M 4 14 L 20 14 L 20 20 L 4 20 Z M 8 7 L 8 7.01 M 8 17 L 8 17.01"},
    {Glyph::Tests, "M 9 3 L 15 3 M 10 3 L 10 9 L 4.5 18 C 3.5 19.7 4.5 21 6.2 21 L 17.8 21 C 19.5 21 20.5 19.7 19.5 18 L 14 9 L 14 3 M 7.5 15 L 16.5 15"},
    {Glyph::Settings, "M 4 7 L 11 7 M 17 7 L 20 7 M 11.5 7 A 2.5 2.5 0 1 0 16.5 7 A 2.5 2.5 0 1 0 11.5 7 M 4 17 L 7 17 M 13 17 L 20 17 M 7.5 17 A 2.5 2.5 0 1 0 12.5 17 A 2.5 2.5 0 1 0 7.5 17"},
    {Glyph::Run, "M 7 4 L 19 12 L 7 20 Z"},
    {Glyph::Stop, "M 6 6 L 18 6 L 18 18 L 6 18 Z"},
    {Glyph::Restart, "M 20 12 A 8 8 0 1 1 17.6 6.3 M 20 3 L 20 8 L 15 8"},
    {Glyph::Pause, "M 8 5 L 8 19 M 16 5 L 16 19"},
    {Glyph::Resume, "M 5 5 L 5 19 M 10 5 L 20 12 L 10 19 Z"},
    {Glyph::Record, "M 4 12 A 8 8 0 1 0 20 12 A 8 8 0 1 0 4 12 M 9.5 12 A 2.5 2.5 0 1 0 14.5 12 A 2.5 2.5 0 1 0 9.5 12"},
    {Glyph::Clear, "M 4 7 L 20 7 M 9 7 L 9 4 L 15 4 L 15 7 M 6 7 L 7 20 L 17 20 L 18 7 M 10 11 L 10 16 M 14 11 L 14 16"},
    {Glyph::Pin, "M 9 3 L 15 3 M 10 3 L 10 10 L 7 14 L 17 14 L 14 10 L 14 3 M 12 14 L 12 21"},
    {Glyph::Note, "M 5 4 L 19 4 L 19 14 L 14 20 L 5 20 Z M 19 14 L 14 14 L 14 20 M 9 9 L 15 9"},
    {Glyph::Replay, "M 4 12 A 8 8 0 1 0 6.4 6.3 M 4 3 L 4 8 L 9 8 M 10.5 9 L 15 12 L 10.5 15 Z"},
    {Glyph::Edit, "M 4 20 L 5 15.5 L 16.5 4 L 20 7.5 L 8.5 19 Z M 14 6.5 L 17.5 10"},
    {Glyph::Compare, "M 4 8 L 20 8 M 16 4 L 20 8 L 16 12 M 20 16 L 4 16 M 8 12 L 4 16 L 8 20"},
    {Glyph::Copy, "M 8 8 L 20 8 L 20 20 L 8 20 Z M 16 8 L 16 4 L 4 4 L 4 16 L 8 16"},
    {Glyph::Save, "M 12 4 L 12 15 M 7 10.5 L 12 15 L 17 10.5 M 4 16 L 4 20 L 20 20 L 20 16"},
    {Glyph::Open, "M 3 19 L 3 5 L 9 5 L 11 8 L 20 8 L 20 11 M 3 19 L 6 11 L 22 11 L 19 19 Z"},
    {Glyph::Search, "M 4 10.5 A 6.5 6.5 0 1 0 17 10.5 A 6.5 6.5 0 1 0 4 10.5 M 15.3 15.3 L 20.5 20.5"},
    {Glyph::Filter, "M 3 5 L 21 5 L 14 13 L 14 20 L 10 18 L 10 13 Z"},
    {Glyph::Apply, "M 12 20 L 12 8 M 7 12.5 L 12 7.5 L 17 12.5 M 4 4 L 20 4"},
    {Glyph::Review, "M 5 3 L 15 3 L 19 7 L 19 21 L 5 21 Z M 9 10 L 15 10 M 12 7 L 12 13 M 9 16.5 L 15 16.5"},
    {Glyph::Undo, "M 9 5 L 4 10 L 9 15 M 4 10 L 15 10 A 4.5 4.5 0 0 1 15 19 L 11 19"},
    {Glyph::Add, "M 12 5 L 12 19 M 5 12 L 19 12"},
    {Glyph::Remove, "M 5 12 L 19 12"},
    {Glyph::Command, "M 4 6 L 10 12 L 4 18 M 12 19 L 20 19"},
    {Glyph::More, "M 4 12 A 1 1 0 1 0 6 12 A 1 1 0 1 0 4 12 M 11 12 A 1 1 0 1 0 13 12 A 1 1 0 1 0 11 12 M 18 12 A 1 1 0 1 0 20 12 A 1 1 0 1 0 18 12"},
    {Glyph::External, "M 13 4 L 20 4 L 20 11 M 20 4 L 11 13 M 9 5 L 4 5 L 4 20 L 19 20 L 19 15"},
    {Glyph::Wrap, "M 3 5 L 21 5 M 3 12 L 17.5 12 A 3.5 3.5 0 0 1 17.5 19 L 12 19 M 15 16 L 12 19 L 15 22 M 3 19 L 8 19"},
    {Glyph::Ok, "M 4 12.5 L 9.5 18 L 20 6.5"},
    {Glyph::Info, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 12 11 L 12 17 M 12 7.5 L 12 7.51"},
    {Glyph::Warning, "M 12 3.5 L 22 20.5 L 2 20.5 Z M 12 10 L 12 14.5 M 12 17.5 L 12 17.51"},
    {Glyph::Error, "M 8 3 L 16 3 L 21 8 L 21 16 L 16 21 L 8 21 L 3 16 L 3 8 Z M 12 7.5 L 12 12.5 M 12 16.5 L 12 16.51"},
    {Glyph::Close, "M 6 6 L 18 18 M 18 6 L 6 18"},
    {Glyph::Lock, "M 5 11 L 19 11 L 19 20 L 5 20 Z M 8 11 L 8 8 A 4 4 0 0 1 16 8 L 16 11"},
    {Glyph::Unlock, "M 5 11 L 19 11 L 19 20 L 5 20 Z M 8 11 L 8 7 A 4 4 0 0 1 15.5 5.2"},
    {Glyph::Clock, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 12 7 L 12 12 L 15.5 14"},
    {Glyph::Live, "M 3 12 L 7 12 L 10 4 L 14 20 L 17 12 L 21 12"},
    {Glyph::File, "M 6 3 L 14 3 L 19 8 L 19 21 L 6 21 Z M 14 3 L 14 8 L 19 8"},
    {Glyph::Plug, "M 9 3 L 9 8 M 15 3 L 15 8 M 6 8 L 18 8 L 18 11 A 6 6 0 0 1 6 11 Z M 12 17 L 12 21"},
    {Glyph::Environment, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 3 12 L 21 12 M 12 3 C 7 8 7 16 12 21 M 12 3 C 17 8 17 16 12 21"},
    {Glyph::Help, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 9.2 9.5 A 2.9 2.9 0 1 1 13.5 12 C 12.4 12.6 12 13 12 14 M 12 17 L 12 17.01"},
    {Glyph::ChevronUp, "M 6 15 L 12 9 L 18 15"},
    {Glyph::ChevronDown, "M 6 9 L 12 15 L 18 9"},
    {Glyph::ChevronLeft, "M 15 6 L 9 12 L 15 18"},
    {Glyph::ChevronRight, "M 9 6 L 15 12 L 9 18"},
    {Glyph::Back, "M 20 12 L 4 12 M 10 6 L 4 12 L 10 18"},
    {Glyph::Forward, "M 4 12 L 20 12 M 14 6 L 20 12 L 14 18"},
    {Glyph::Waiting, "M 12 3 A 9 9 0 0 1 21 12 M 21 12 L 21 12.01 M 16.5 19.8 L 16.5 19.81 M 7.5 19.8 L 7.5 19.81 M 3 12 L 3 12.01 M 5.6 5.6 L 5.6 5.61"},
    {Glyph::Passed, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 7.5 12.5 L 11 16 L 16.5 8.5"},
    {Glyph::Limited, "M 4 17 A 9 9 0 1 1 20 17 M 12 13 L 7.5 8.5 M 4 20.5 L 20 20.5"},
    {Glyph::Denied, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 5.7 5.7 L 18.3 18.3"},
    {Glyph::Unmatched, "M 2.5 12 L 6 12 M 18 12 L 21.5 12 M 8.5 8 L 15.5 16 M 15.5 8 L 8.5 16"},
    {Glyph::Cached, "M 4 6 A 8 3 0 1 0 20 6 A 8 3 0 1 0 4 6 M 4 6 L 4 18 A 8 3 0 0 0 20 18 L 20 6 M 4 12 A 8 3 0 0 0 20 12"},
    {Glyph::Mocked, "M 5 4 L 19 4 L 19 11 C 19 16 16 19.5 12 21 C 8 19.5 5 16 5 11 Z M 9.5 9 L 9.5 9.01 M 14.5 9 L 14.5 9.01 M 9 14 Q 12 16.5 15 14"},
    {Glyph::Circuit, "M 2.5 15 L 7 15 M 17 15 L 21.5 15 M 7 15 L 15 8 M 7 15 L 7 15.01 M 17 15 L 17 15.01"},
    {Glyph::Failed, "M 3 12 A 9 9 0 1 0 21 12 A 9 9 0 1 0 3 12 M 9 9 L 15 15 M 15 9 L 9 15"},
};
// clang-format on

constexpr bool isComplete()
{
    for (int i = 0; i < glyphCount; ++i) {
        if (int(shapes[i].glyph) != i)
            return false;
    }
    return true;
}
static_assert(std::size(shapes) == glyphCount && isComplete());

} // namespace

const char *glyphData(Glyph glyph)
{
    return shapes[int(glyph)].data;
}

} // namespace gatehouse::ui
