// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/timingrows.h"

#include <algorithm>
#include <numeric>

namespace gatehouse::ui {

namespace {

// The innermost row that is open when \a begin comes, from the stack of those that hold each other.
void closeUntil(std::vector<std::size_t> &open, const std::vector<TimingRow> &rows, qint64 end,
                qint64 begin)
{
    while (!open.empty() && (rows[open.back()].end <= begin || rows[open.back()].end < end))
        open.pop_back();
}

} // namespace

std::vector<TimingRow> timingRows(const client::ExchangeDetail &detail)
{
    std::vector<std::size_t> order(detail.steps.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const client::Step &x = detail.steps[a];
        const client::Step &y = detail.steps[b];
        return std::pair(x.begin, -x.end) < std::pair(y.begin, -y.end);
    });
    std::vector<TimingRow> rows;
    std::vector<std::size_t> open;
    for (const std::size_t index : order) {
        const client::Step &step = detail.steps[index];
        const qint64 length = std::max<qint64>(0, step.end - step.begin);
        closeUntil(open, rows, step.end, step.begin);
        if (!open.empty()) {
            TimingRow &outer = rows[open.back()];
            outer.self = std::max<qint64>(0, outer.self - length);
            outer.wait = std::min(outer.wait, outer.self);
        }
        rows.push_back({step.stage, step.family, step.begin, step.end, length,
                        step.isWaiting ? length : 0, step.verdict, int(open.size())});
        open.push_back(rows.size() - 1);
    }
    qint64 sum = 0;
    for (const TimingRow &row : rows)
        sum += row.self;
    const qint64 rest = detail.durationUs - sum;
    if (!rows.empty() && rest * 100 > detail.durationUs) {
        TimingRow row;
        row.begin = detail.durationUs - rest;
        row.end = detail.durationUs;
        row.self = rest;
        rows.push_back(row);
    }
    return rows;
}

} // namespace gatehouse::ui
