// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficvocabulary.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

using filter::Field;
using filter::HotRecord;
using filter::StringId;

constexpr std::pair<Field, StringId HotRecord::*> texts[] = {
    {Field::Method, &HotRecord::method}, {Field::Host, &HotRecord::host},
    {Field::Route, &HotRecord::route},   {Field::Upstream, &HotRecord::upstream},
    {Field::Target, &HotRecord::target}, {Field::Client, &HotRecord::client},
    {Field::Limit, &HotRecord::limit},   {Field::Key, &HotRecord::key},
    {Field::Op, &HotRecord::op},         {Field::Type, &HotRecord::type},
    {Field::Tag, &HotRecord::tag},       {Field::By, &HotRecord::by},
    {Field::Path, &HotRecord::path},
};

std::string_view view(QLatin1String text)
{
    return {text.data(), std::size_t(text.size())};
}

} // namespace

TrafficVocabulary::TrafficVocabulary(TrafficStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&store, &TrafficStore::appended, this, &TrafficVocabulary::take);
    connect(&store, &TrafficStore::updated, this, [this](const std::vector<quint32> &ids) {
        for (const RowId id : ids) {
            const HotRecord &record = *m_store.row(id).record;
            if (record.status != 0)
                add(Field::Status, QByteArray::number(record.status).toStdString());
        }
    });
    connect(&store, &TrafficStore::cleared, this, [this] {
        m_values.clear();
        m_tails.clear();
    });
}

TrafficVocabulary::~TrafficVocabulary() = default;

void TrafficVocabulary::take(quint32 from, quint32 to)
{
    m_store.forEach(from, to, [this](RowId id) { count(m_store.row(id)); });
}

void TrafficVocabulary::add(Field field, std::string_view text)
{
    Counts &counts = m_values[int(field)];
    const QByteArray key = QByteArray::fromRawData(text.data(), qsizetype(text.size()));
    if (const auto found = counts.find(key); found != counts.end())
        ++*found;
    else if (counts.size() < mostValues && !text.empty())
        counts.insert(QByteArray(text.data(), qsizetype(text.size())), 1);
}

void TrafficVocabulary::addTail(Field field, std::string_view text)
{
    Counts &counts = m_tails[int(field)];
    const QByteArray key = QByteArray::fromRawData(text.data(), qsizetype(text.size()));
    if (const auto found = counts.find(key); found != counts.end())
        ++*found;
    else if (counts.size() < mostValues && !text.empty())
        counts.insert(QByteArray(text.data(), qsizetype(text.size())), 1);
}

void TrafficVocabulary::count(const TrafficRow &row)
{
    const HotRecord &record = *row.record;
    for (const auto &[field, member] : texts) {
        if (record.*member != 0)
            add(field, row.text(record.*member));
    }
    if (record.status != 0)
        add(Field::Status, QByteArray::number(record.status).toStdString());
    add(Field::Decision, view(filter::decisionName(record.decision)));
    add(Field::Proto, view(filter::protocolName(record.protocol)));
    if (record.error > 0 && record.error <= errorCodeCount)
        add(Field::Error, errorName(ErrorCode(record.error - 1)));
    constexpr std::string_view prefix = "middleware.";
    for (int i = 0; i < record.spanCount; ++i) {
        const filter::Span &span = record.spans[std::size_t(i)];
        std::string_view name = row.text(span.name);
        const bool isMiddleware = name.starts_with(prefix);
        if (isMiddleware)
            name.remove_prefix(prefix.size());
        if (isMiddleware)
            addTail(Field::Mw, name);
        if (isMiddleware)
            add(Field::Ran, name);
        if (span.bits & filter::Span::Waiting)
            addTail(Field::Wait, name);
    }
}

std::vector<filter::Vocabulary::Word> TrafficVocabulary::sorted(const Counts &counts)
{
    std::vector<Word> words;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        words.push_back({QString::fromUtf8(it.key()), it.value()});
    std::ranges::sort(words, [](const Word &a, const Word &b) {
        return a.count != b.count ? a.count > b.count : a.text < b.text;
    });
    return words;
}

std::vector<filter::Vocabulary::Word> TrafficVocabulary::values(Field field) const
{
    if (field == Field::DeniedBy)
        field = Field::Limit;
    return sorted(m_values.value(int(field)));
}

std::vector<filter::Vocabulary::Word> TrafficVocabulary::tails(Field field) const
{
    return sorted(m_tails.value(int(field)));
}

void TrafficVocabulary::addKnown(Field field, const QStringList &names)
{
    for (const QString &name : names) {
        Counts &counts = m_values[int(field)];
        if (counts.size() < mostValues && !counts.contains(name.toUtf8()))
            counts.insert(name.toUtf8(), 0);
    }
}

void TrafficVocabulary::addKnownTails(Field field, const QStringList &names)
{
    for (const QString &name : names) {
        Counts &counts = m_tails[int(field)];
        if (counts.size() < mostValues && !counts.contains(name.toUtf8()))
            counts.insert(name.toUtf8(), 0);
    }
}

} // namespace gatehouse::ui
