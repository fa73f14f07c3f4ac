// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yamlmerge.h"

#include "engine/core/linediff.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

/// Lines [begin, end) of the base become other ones.
struct Hunk
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QStringList lines;
};

std::vector<Hunk> hunksOf(const QStringList &base, const QStringList &other)
{
    std::vector<Hunk> hunks;
    qsizetype at = 0;
    bool isOpen = false;
    for (const DiffLine &line : diffLines(base, other)) {
        if (line.kind == DiffLine::Kind::Same) {
            isOpen = false;
            ++at;
            continue;
        }
        if (!isOpen)
            hunks.push_back({at, at, {}});
        isOpen = true;
        if (line.kind == DiffLine::Kind::Removed)
            hunks.back().end = ++at;
        else
            hunks.back().lines << line.text;
    }
    return hunks;
}

/// Base lines [begin, end) with the hunks of one side that lie in them.
QStringList applied(const QStringList &base, const Hunk &area, const std::vector<Hunk> &hunks)
{
    QStringList out;
    qsizetype at = area.begin;
    for (const Hunk &hunk : hunks) {
        if (hunk.begin < area.begin || hunk.end > area.end)
            continue;
        out << base.mid(at, hunk.begin - at) << hunk.lines;
        at = hunk.end;
    }
    return out << base.mid(at, area.end - at);
}

bool isTouching(const Hunk &area, const Hunk &hunk)
{
    return hunk.begin <= area.end && hunk.end >= area.begin;
}

} // namespace

YamlMerge mergeTexts(const QString &base, const QString &mine, const QString &theirs)
{
    const QStringList lines = base.split(QLatin1Char('\n'));
    const std::vector<Hunk> ours = hunksOf(lines, mine.split(QLatin1Char('\n')));
    const std::vector<Hunk> others = hunksOf(lines, theirs.split(QLatin1Char('\n')));
    YamlMerge merge;
    QStringList out;
    qsizetype at = 0;
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < ours.size() || b < others.size()) {
        const bool isOurs =
            b == others.size() || (a < ours.size() && ours[a].begin <= others[b].begin);
        Hunk area = isOurs ? ours[a] : others[b];
        std::vector<Hunk> left;
        std::vector<Hunk> right;
        for (bool isGrowing = true; isGrowing;) {
            isGrowing = false;
            for (; a < ours.size() && isTouching(area, ours[a]); ++a, isGrowing = true) {
                area.end = std::max(area.end, ours[a].end);
                left.push_back(ours[a]);
            }
            for (; b < others.size() && isTouching(area, others[b]); ++b, isGrowing = true) {
                area.end = std::max(area.end, others[b].end);
                right.push_back(others[b]);
            }
        }
        out << lines.mid(at, area.begin - at);
        const QStringList mineHere = applied(lines, area, left);
        const QStringList theirsHere = applied(lines, area, right);
        merge.overlaps += !left.empty() && !right.empty() && mineHere != theirsHere ? 1 : 0;
        out << (left.empty() ? theirsHere : mineHere);
        at = area.end;
    }
    out << lines.mid(at);
    merge.text = out.join(QLatin1Char('\n'));
    return merge;
}

} // namespace gatehouse::ui
