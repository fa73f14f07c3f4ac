// SPDX-License-Identifier: GPL-3.0-or-later
// Any text: every range lies within it, entries follow each other, and an edit leaves the rest.
#include "tests/fuzz/require.h"
#include "ui/models/yamledit.h"

#include <cstddef>
#include <cstdint>

using namespace gatehouse::ui;
using gatehouse::test::require;

namespace {

void check(const QString &text, const YamlNode &node)
{
    require(node.begin >= 0 && node.begin <= node.end && node.end <= text.size(), "within");
    qsizetype last = node.begin;
    for (const YamlEntry &entry : node.entries) {
        require(entry.begin >= last && entry.keyEnd >= entry.begin, "entries follow each other");
        require(entry.value.begin >= entry.keyEnd, "a value follows its key");
        last = entry.value.end;
        check(text, entry.value);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    check(text, YamlRanges(text).root());
    for (const QStringList &path :
         {QStringList{"routes", "0", "id"}, QStringList{"routes", "0", "match", "path"}}) {
        if (const auto edit = yaml::set(text, path, QStringLiteral("x")))
            require(edit->begin <= edit->end && edit->end <= text.size(), "an edit is in the text");
        if (const auto edit = yaml::remove(text, path))
            require(edit->begin <= edit->end && edit->end <= text.size(), "an edit is in the text");
    }
    if (const auto edit = yaml::swapWithNext(text, {"routes"}, 0))
        require(edit->appliedTo(text).size() == text.size(), "a swap keeps every character");
    return 0;
}
