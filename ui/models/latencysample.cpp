// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/latencysample.h"

#include "engine/filter/writer.h"
#include "ui/models/trafficcolumn.h"

#include <algorithm>
#include <bit>

namespace gatehouse::ui {

namespace {

using Split = LatencySample::Split;
using filter::HotRecord;
using filter::Span;

/// Which of eight ranges for each doubling.
int rangeOf(qint64 nanoseconds)
{
    const auto value = quint64(std::max<qint64>(nanoseconds, 8));
    const int shift = int(std::bit_width(value)) - 4;
    return shift * 8 + int(value >> shift) - 8;
}

QString valueText(const QString &field, const QString &name)
{
    return field + u'=' + filter::writeValue(name, filter::Kind::Word);
}

/// Groups by the number of a text, or of a revision; names are made at the end, once for each.
class Groups
{
public:
    explicit Groups(Split split) : m_split(split) {}

    void add(const TrafficRow &row)
    {
        const HotRecord &record = *row.record;
        // Another engine's numbers mean other texts: the newest ones count.
        if (row.strings != m_strings && m_split != Split::Revision)
            m_histograms.clear();
        m_strings = row.strings;
        if (m_split != Split::Stage) {
            m_histograms[keyOf(record)].add(record.duration);
            return;
        }
        for (int i = 0; i < record.spanCount; ++i) {
            const Span &span = record.spans[std::size_t(i)];
            if (!(span.bits & Span::Waiting))
                m_histograms[span.name].add(qint64(span.length) * 1000);
        }
    }

    [[nodiscard]] std::vector<LatencySample::Group> take()
    {
        std::vector<LatencySample::Group> groups;
        for (auto &[key, latency] : m_histograms)
            groups.push_back({nameOf(key), filterOf(key), std::move(latency)});
        std::ranges::stable_sort(groups, std::greater(), [](const LatencySample::Group &group) {
            return group.latency.count();
        });
        if (groups.size() > LatencySample::mostGroups)
            groups.resize(LatencySample::mostGroups);
        return groups;
    }

private:
    [[nodiscard]] quint32 keyOf(const HotRecord &record) const
    {
        return m_split == Split::Route   ? record.route
            : m_split == Split::Upstream ? record.upstream
                                         : record.revision;
    }
    [[nodiscard]] QString textOf(quint32 key) const
    {
        return m_strings && key < m_strings->count() ? toText(m_strings->text(key)) : QString();
    }
    [[nodiscard]] QString nameOf(quint32 key) const
    {
        if (m_split == Split::Revision)
            return QStringLiteral("r%1").arg(key);
        const QString text = textOf(key);
        if (!text.isEmpty())
            return text.startsWith(QLatin1String("middleware.")) ? text.sliced(11) : text;
        return m_split == Split::Route ? QStringLiteral("no route") : QStringLiteral("none");
    }
    [[nodiscard]] QString filterOf(quint32 key) const
    {
        const QString text = textOf(key);
        switch (m_split) {
        case Split::Revision:
            return QStringLiteral("rev:%1").arg(key);
        case Split::Stage:
            return text.startsWith(QLatin1String("middleware."))
                ? valueText(QStringLiteral("ran"), text.sliced(11))
                : QString();
        case Split::Route:
        case Split::Upstream: {
            const QString field =
                m_split == Split::Route ? QStringLiteral("route") : QStringLiteral("upstream");
            return text.isEmpty() ? field + QLatin1String(":none") : valueText(field, text);
        }
        case Split::None:
            break;
        }
        return {};
    }

    Split m_split;
    const filter::Strings *m_strings = nullptr;
    std::map<quint32, LatencyHistogram> m_histograms;
};

} // namespace

void Exemplars::add(qint64 nanoseconds, quint64 seq)
{
    Range &range = m_ranges[rangeOf(nanoseconds)];
    range.seqs[std::size_t(range.count++ % mostEach)] = seq;
}

std::vector<quint64> Exemplars::between(qint64 from, qint64 to) const
{
    std::vector<quint64> seqs;
    const auto end = m_ranges.upper_bound(rangeOf(to));
    for (auto range = m_ranges.lower_bound(rangeOf(from)); range != end; ++range) {
        for (int i = 0; i < std::min(range->second.count, mostEach); ++i)
            seqs.push_back(range->second.seqs[std::size_t(i)]);
    }
    std::ranges::sort(seqs, std::greater());
    if (seqs.size() > std::size_t(mostEach))
        seqs.resize(mostEach);
    return seqs;
}

LatencySample LatencySample::of(const TrafficStore &store, Split split)
{
    LatencySample sample;
    sample.split = split;
    Groups groups(split);
    const RowId begin = std::max(store.begin(), store.end() - std::min(store.end(), mostRows));
    store.forEach(begin, store.end(), [&](RowId id) {
        const TrafficRow row = store.row(id);
        if (row.record->is(filter::Flag::Open))
            return;
        sample.whole.add(row.record->duration);
        sample.exemplars.add(row.record->duration, row.record->seq);
        if (split != Split::None)
            groups.add(row);
    });
    sample.groups = groups.take();
    return sample;
}

} // namespace gatehouse::ui
