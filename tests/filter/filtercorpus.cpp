// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/filter/filtercorpus.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"

#include <QDateTime>
#include <QFile>

namespace gatehouse::test {

namespace {

using namespace filter;

QStringList linesOf(const QString &name)
{
    QFile file(qEnvironmentVariable("GATEHOUSE_SOURCE_DIR")
               + QStringLiteral("/tests/filter/corpus/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    QStringList lines;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (!line.isEmpty() && !line.startsWith(u'#'))
            lines << line;
    }
    return lines;
}

/// "a=b c="d e"" as pairs.
std::vector<std::pair<QString, QString>> wordsOf(const QString &line)
{
    std::vector<std::pair<QString, QString>> words;
    qsizetype i = 0;
    while (i < line.size()) {
        const qsizetype equals = line.indexOf(u'=', i);
        const QString name = line.sliced(i, equals - i);
        const bool isQuoted = line[equals + 1] == u'"';
        const qsizetype begin = equals + (isQuoted ? 2 : 1);
        qsizetype end = line.indexOf(isQuoted ? u'"' : u' ', begin);
        end = end < 0 ? line.size() : end;
        words.emplace_back(name, line.sliced(begin, end - begin));
        i = end + (isQuoted ? 2 : 1);
    }
    return words;
}

qint64 nanoseconds(const QString &text)
{
    for (const auto &[unit, factor] :
         {std::pair("us", 1'000), std::pair("ms", 1'000'000), std::pair("s", 1'000'000'000)}) {
        if (text.endsWith(QLatin1String(unit)))
            return text.chopped(qsizetype(qstrlen(unit))).toLongLong() * factor;
    }
    qFatal("no duration: %s", qPrintable(text));
}

qint64 instant(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs).toMSecsSinceEpoch() * 1'000'000;
}

void addSpan(HotRecord &record, Strings &strings, KeptData &kept, const QString &text)
{
    const QStringList parts = text.split(u':');
    const std::string name = parts[0].toStdString();
    Span &span = record.spans.at(record.spanCount++);
    span.name = quint16(strings.intern(name));
    span.family = familyOfStage(name);
    span.start = parts[1].toUInt();
    span.length = parts[2].toUInt();
    span.bits = parts.size() > 3 ? Span::Waiting : 0;
    kept.addStage(parts[0].toUtf8());
}

quint8 errorNumber(const QString &name)
{
    for (int i = 0; i < errorCodeCount; ++i) {
        if (name.toStdString() == errorName(ErrorCode(i)))
            return quint8(i + 1);
    }
    qFatal("no error code: %s", qPrintable(name));
}

bool setText(HotRecord &record, Strings &strings, const QString &name, const QString &value)
{
    const std::pair<const char *, StringId HotRecord::*> texts[] = {
        {"method", &HotRecord::method}, {"host", &HotRecord::host},
        {"path", &HotRecord::path},     {"query", &HotRecord::query},
        {"route", &HotRecord::route},   {"upstream", &HotRecord::upstream},
        {"target", &HotRecord::target}, {"client", &HotRecord::client},
        {"limit", &HotRecord::limit},   {"key", &HotRecord::key},
        {"op", &HotRecord::op},         {"type", &HotRecord::type},
        {"tag", &HotRecord::tag},       {"by", &HotRecord::by}};
    for (const auto &[known, member] : texts) {
        if (name == QLatin1String(known)) {
            record.*member = strings.intern(value.toStdString());
            return true;
        }
    }
    return false;
}

bool setNumber(HotRecord &record, const QString &name, const QString &value)
{
    if (name == QLatin1String("seq"))
        record.seq = value.toULongLong();
    else if (name == QLatin1String("start"))
        record.start = instant(value);
    else if (name == QLatin1String("dur"))
        record.duration = nanoseconds(value);
    else if (name == QLatin1String("ttfb"))
        record.ttfb = quint32(nanoseconds(value) / 1000);
    else if (name == QLatin1String("size"))
        record.size = value.toLongLong();
    else if (name == QLatin1String("reqsize"))
        record.requestSize = value.toLongLong();
    else if (name == QLatin1String("rev"))
        record.revision = value.toUInt();
    else if (name == QLatin1String("left"))
        record.left = value.toInt();
    else if (name == QLatin1String("status"))
        record.status = value.toUShort();
    else if (name == QLatin1String("retries"))
        record.retries = quint8(value.toUInt());
    else if (name == QLatin1String("frames"))
        record.frames = value.toUShort();
    else
        return false;
    return true;
}

bool setWord(HotRecord &record, const QString &name, const QString &value)
{
    if (name == QLatin1String("decision"))
        record.decision = decisionFrom(value).value();
    else if (name == QLatin1String("proto"))
        record.protocol = protocolFrom(value).value();
    else if (name == QLatin1String("cache"))
        record.cache = cacheFrom(value).value();
    else if (name == QLatin1String("error"))
        record.error = errorNumber(value);
    else if (name == QLatin1String("is"))
        for (const QString &flag : value.split(u','))
            record.set(flagFrom(flag).value());
    else
        return false;
    return true;
}

const char *messageName(ColdSource::Message message)
{
    static const char *const names[] = {"header.", "sent.", "got.", "resp."};
    return names[message];
}

} // namespace

std::optional<QByteArray> KeptData::header(Message message, const QByteArray &name) const
{
    const QString key = QLatin1String(messageName(message)) + QString::fromUtf8(name).toLower();
    const auto found = m_values.find(key);
    return found == m_values.end() ? std::nullopt : std::optional(found->join(", "));
}

QByteArrayList KeptData::headerNames(Message message) const
{
    QByteArrayList names;
    const QLatin1String lead(messageName(message));
    for (auto it = m_values.begin(); it != m_values.end(); ++it) {
        if (it.key().startsWith(lead))
            names << it.key().sliced(lead.size()).toUtf8();
    }
    return names;
}

std::optional<QByteArray> KeptData::body(Message message) const
{
    const auto found =
        m_values.find(message == Received ? QStringLiteral("reqbody") : QStringLiteral("body"));
    return found == m_values.end() ? std::nullopt : std::optional(found->first());
}

QByteArrayList KeptData::frames() const
{
    return m_values.value(QStringLiteral("frame"));
}

QByteArray KeptData::note() const
{
    return m_values.value(QStringLiteral("note")).value(0);
}

FilterCorpus FilterCorpus::load()
{
    FilterCorpus corpus;
    corpus.time = {instant(QStringLiteral("2026-11-20T12:10:30Z")), 0};
    for (const QString &line : linesOf(QStringLiteral("records.txt"))) {
        HotRecord &record = corpus.records.emplace_back();
        KeptData &kept = corpus.kept.emplace_back();
        for (const auto &[name, value] : wordsOf(line)) {
            if (name == QLatin1String("span"))
                addSpan(record, *corpus.strings, kept, value);
            else if (!setText(record, *corpus.strings, name, value)
                     && !setNumber(record, name, value) && !setWord(record, name, value))
                kept.add(name, value.toUtf8());
        }
    }
    for (const QString &line : linesOf(QStringLiteral("expressions.txt"))) {
        const qsizetype arrow = line.lastIndexOf(QLatin1String("=>"));
        Case &entry = corpus.cases.emplace_back();
        entry.expression = line.left(arrow).trimmed();
        for (const QString &seq : line.sliced(arrow + 2).split(u' ', Qt::SkipEmptyParts))
            entry.seqs.push_back(seq.toULongLong());
    }
    return corpus;
}

} // namespace gatehouse::test
