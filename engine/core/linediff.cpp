// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/linediff.h"

#include <algorithm>

namespace gatehouse {

namespace {

using Kind = DiffLine::Kind;
using Lines = std::vector<DiffLine>;

/// What differs, without the lines that both texts begin and end with.
struct Middle
{
    const QStringList &before;
    const QStringList &after;
    int begin = 0;
    int beforeEnd = 0;
    int afterEnd = 0;

    Middle(const QStringList &a, const QStringList &b)
        : before(a)
        , after(b)
        , beforeEnd(int(a.size()))
        , afterEnd(int(b.size()))
    {
        while (begin < beforeEnd && begin < afterEnd && a[begin] == b[begin])
            ++begin;
        while (beforeEnd > begin && afterEnd > begin && a[beforeEnd - 1] == b[afterEnd - 1]) {
            --beforeEnd;
            --afterEnd;
        }
    }
    [[nodiscard]] int rows() const { return beforeEnd - begin; }
    [[nodiscard]] int columns() const { return afterEnd - begin; }
    [[nodiscard]] bool isSame(int x, int y) const { return before[begin + x] == after[begin + y]; }
};

/// The furthest x on each diagonal, for each number of changes. Empty if there are too many.
std::vector<std::vector<int>> furthestReaching(const Middle &middle, int mostChanges)
{
    const int most = std::min(middle.rows() + middle.columns(), mostChanges);
    std::vector<std::vector<int>> history;
    std::vector<int> furthest(2 * std::size_t(most) + 3, 0);
    const auto at = [&furthest, most](int diagonal) -> int & {
        return furthest[std::size_t(diagonal + most + 1)];
    };
    for (int changes = 0; changes <= most; ++changes) {
        for (int k = -changes; k <= changes; k += 2) {
            const bool isDown = k == -changes || (k != changes && at(k - 1) < at(k + 1));
            int x = isDown ? at(k + 1) : at(k - 1) + 1;
            int y = x - k;
            while (x < middle.rows() && y < middle.columns() && y >= 0 && middle.isSame(x, y)) {
                ++x;
                ++y;
            }
            at(k) = x;
            if (x >= middle.rows() && y >= middle.columns()) {
                history.push_back(furthest);
                return history;
            }
        }
        history.push_back(furthest);
    }
    return {};
}

/// Backwards through the history, from the end of both.
Lines pathThrough(const Middle &middle, const std::vector<std::vector<int>> &history)
{
    Lines lines;
    int x = middle.rows();
    int y = middle.columns();
    const int most = (int(history.front().size()) - 3) / 2;
    const auto same = [&] {
        --x, --y;
        lines.push_back({Kind::Same, middle.begin + x + 1, middle.begin + y + 1,
                         middle.before[middle.begin + x]});
    };
    for (int changes = int(history.size()) - 1; changes > 0; --changes) {
        const std::vector<int> &last = history[std::size_t(changes - 1)];
        const auto at = [&last, most](int diagonal) {
            return last[std::size_t(diagonal + most + 1)];
        };
        const int k = x - y;
        const bool isDown = k == -changes || (k != changes && at(k - 1) < at(k + 1));
        const int fromX = isDown ? at(k + 1) : at(k - 1);
        const int fromY = fromX - (isDown ? k + 1 : k - 1);
        while (x > fromX && y > fromY)
            same();
        if (isDown)
            lines.push_back({Kind::Added, 0, middle.begin + y, middle.after[middle.begin + y - 1]});
        else
            lines.push_back(
                {Kind::Removed, middle.begin + x, 0, middle.before[middle.begin + x - 1]});
        x = fromX;
        y = fromY;
    }
    while (x > 0 && y > 0)
        same();
    std::ranges::reverse(lines);
    return lines;
}

Lines replaced(const Middle &middle)
{
    Lines lines;
    for (int i = middle.begin; i < middle.beforeEnd; ++i)
        lines.push_back({Kind::Removed, i + 1, 0, middle.before[i]});
    for (int i = middle.begin; i < middle.afterEnd; ++i)
        lines.push_back({Kind::Added, 0, i + 1, middle.after[i]});
    return lines;
}

} // namespace

Lines diffLines(const QStringList &before, const QStringList &after, int mostChanges)
{
    const Middle middle(before, after);
    Lines lines;
    for (int i = 0; i < middle.begin; ++i)
        lines.push_back({Kind::Same, i + 1, i + 1, before[i]});
    const std::vector<std::vector<int>> history = furthestReaching(middle, mostChanges);
    const Lines changed = history.empty() ? replaced(middle) : pathThrough(middle, history);
    lines.insert(lines.end(), changed.begin(), changed.end());
    for (int i = middle.beforeEnd, j = middle.afterEnd; i < before.size(); ++i, ++j)
        lines.push_back({Kind::Same, i + 1, j + 1, before[i]});
    return lines;
}

QString unifiedDiff(const Lines &lines, const QString &nameBefore, const QString &nameAfter,
                    int context)
{
    const auto isChange = [](const DiffLine &line) { return line.kind != Kind::Same; };
    QString text;
    auto from = lines.begin();
    while (true) {
        const auto change = std::find_if(from, lines.end(), isChange);
        if (change == lines.end())
            break;
        auto end = change;
        for (auto line = change; line != lines.end() && line - end <= 2 * context; ++line) {
            if (isChange(*line))
                end = line + 1;
        }
        const auto first = change - std::min<qsizetype>(context, change - from);
        const auto last = end + std::min<qsizetype>(context, lines.end() - end);
        const auto count = [&](Kind other) {
            return std::count_if(first, last, [&](const DiffLine &l) { return l.kind != other; });
        };
        const auto begin = [&](int DiffLine::*side) {
            const auto there =
                std::find_if(first, last, [&](const DiffLine &l) { return l.*side; });
            return there == last ? 0 : (*there).*side;
        };
        text += QString("@@ -%1,%2 +%3,%4 @@\n")
                    .arg(begin(&DiffLine::before))
                    .arg(count(Kind::Added))
                    .arg(begin(&DiffLine::after))
                    .arg(count(Kind::Removed));
        for (auto line = first; line != last; ++line)
            text += QChar(line->kind == Kind::Same        ? ' '
                              : line->kind == Kind::Added ? '+'
                                                          : '-')
                + line->text + '\n';
        from = last;
    }
    return text.isEmpty() ? text : "--- " + nameBefore + "\n+++ " + nameAfter + '\n' + text;
}

} // namespace gatehouse
