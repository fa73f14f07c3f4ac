// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/completion.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/filter/scanner.h"
#include "engine/filter/writer.h"

#include <algorithm>

namespace gatehouse::filter {

namespace {

constexpr std::size_t mostCompletions = 50;
using Word = Vocabulary::Word;

/// How well \a word goes on from \a typed: 0 begins, 1 contains, 2 has its letters, -1 not at all.
int rank(QStringView typed, QStringView word)
{
    if (word.startsWith(typed, Qt::CaseInsensitive))
        return 0;
    if (word.contains(typed, Qt::CaseInsensitive))
        return 1;
    qsizetype at = 0;
    for (const QChar c : word) {
        if (at < typed.size() && c.toCaseFolded() == typed[at].toCaseFolded())
            ++at;
    }
    return at == typed.size() ? 2 : -1;
}

class Completer
{
public:
    Completer(const QString &text, qsizetype cursor, const Vocabulary *vocabulary)
        : m_vocabulary(vocabulary)
        , m_begin(cursor)
    {
        findWord(text.left(cursor));
    }

    std::vector<Completion> all();

private:
    void findWord(const QString &before);
    void offerFields();
    void offerOperators(const FieldInfo &info, qsizetype at);
    void offerTails(const FieldInfo &info, const QString &typed, qsizetype from);
    void offerValues(const FieldInfo &info, const QString &typed, qsizetype from);
    void offerUnits(const FieldInfo &info, const QString &typed, qsizetype at);
    void offerWords(const std::vector<Word> &words, const QString &typed, qsizetype from,
                    Kind kind);
    [[nodiscard]] std::vector<Word> wordsOf(const FieldInfo &info) const;
    void add(int rank, Completion completion) { m_found.emplace_back(rank, std::move(completion)); }

    const Vocabulary *m_vocabulary;
    qsizetype m_begin; ///< of the word at the cursor
    QString m_word;    ///< from there to the cursor
    std::vector<std::pair<int, Completion>> m_found;
};

void Completer::findWord(const QString &before)
{
    bool isQuoted = false;
    m_begin = 0;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (before[i] == u'\\' && isQuoted) {
            ++i;
        } else if (before[i] == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && Scanner::isBreak(before[i])) {
            m_begin = i + 1;
        }
    }
    while (m_begin + 1 < before.size() && (before[m_begin] == u'-' || before[m_begin] == u'!'))
        ++m_begin;
    m_word = before.sliced(std::min(m_begin, before.size()));
}

std::vector<Completion> Completer::all()
{
    Scanner scan(m_word);
    const std::optional<Scanner::Name> name = scan.takeName();
    const FieldInfo *info = name ? fieldFrom(name->name) : nullptr;
    const qsizetype nameEnd = scan.position();
    const std::optional<Comparison> comparison = name ? scan.takeComparison() : std::nullopt;
    if (comparison) {
        const qsizetype comma = m_word.lastIndexOf(u',');
        const qsizetype from = std::max(scan.position(), comma + 1);
        if (info && *comparison < Comparison::Matches)
            offerValues(*info, m_word.sliced(from), m_begin + from);
    } else if (const qsizetype dot = m_word.indexOf(u'.'); dot > 0) {
        info = fieldFrom(m_word.left(dot));
        if (info && info->tail != FieldInfo::Tail::None)
            offerTails(*info, m_word.sliced(dot + 1), m_begin + dot + 1);
        if (info && name && !name->tail.isEmpty() && nameEnd == m_word.size())
            offerOperators(*info, m_begin + nameEnd);
    } else {
        if (info && nameEnd == m_word.size() && info->tail == FieldInfo::Tail::None)
            offerOperators(*info, m_begin + nameEnd);
        offerFields();
    }
    std::ranges::stable_sort(m_found, {}, &std::pair<int, Completion>::first);
    std::vector<Completion> list;
    for (auto &[rank, completion] : m_found) {
        if (list.size() < mostCompletions)
            list.push_back(std::move(completion));
    }
    return list;
}

void Completer::offerFields()
{
    for (const FieldInfo &info : fields()) {
        const int fit = rank(m_word, QString(info.name));
        if (fit < 0)
            continue;
        QString insert = info.name;
        if (info.tail != FieldInfo::Tail::None)
            insert += u'.';
        else if (!info.isOrdered() || m_word.isEmpty())
            insert += u':';
        add(fit + 1, {m_begin, m_word.size(), insert, info.name, info.note, -1});
    }
}

void Completer::offerOperators(const FieldInfo &info, qsizetype at)
{
    struct Operator
    {
        const char *text;
        const char *detail;
    };
    static const Operator ordered[] = {{":", "is"},        {">", "more than"}, {">=", "or more"},
                                       {"<", "less than"}, {"<=", "or less"},  {"!=", "is not"}};
    static const Operator texts[] = {{":", "contains, or is like"},
                                     {"=", "is exactly"},
                                     {"!=", "is not"},
                                     {"~", "matches a pattern"},
                                     {"!~", "does not match"}};
    static const Operator flags[] = {{":", "is"}, {"!=", "is not"}};
    std::span<const Operator> list = texts;
    if (info.isOrdered())
        list = ordered;
    else if (info.kind == Kind::Flag || info.kind == Kind::Name)
        list = flags;
    for (const auto &[text, detail] : list)
        add(0, {at, 0, QLatin1String(text), QLatin1String(text), QLatin1String(detail), -1});
    if (info.kind == Kind::Json)
        add(0, {at, 0, QStringLiteral(">"), QStringLiteral(">"), QStringLiteral("more than"), -1});
}

void Completer::offerTails(const FieldInfo &info, const QString &typed, qsizetype from)
{
    std::vector<Word> words;
    if (info.field == Field::Stage) {
        for (int i = 0; i < familyCount; ++i)
            words.push_back({familyName(Family(i)), -1});
        words.push_back({QStringLiteral("wait"), -1});
    } else if (m_vocabulary) {
        words = m_vocabulary->tails(info.field);
    }
    if (info.field == Field::Mw || info.field == Field::Wait)
        words.push_back({QStringLiteral("*"), -1});
    for (const Word &word : words) {
        const int fit = rank(typed, word.text);
        if (fit >= 0 && word.text != typed)
            add(fit, {from, typed.size(), word.text, word.text, QString(), word.count});
    }
}

std::vector<Word> Completer::wordsOf(const FieldInfo &info) const
{
    std::vector<Word> words = m_vocabulary ? m_vocabulary->values(info.field) : std::vector<Word>();
    QStringList known;
    if (info.field == Field::Is)
        known = flagWords();
    if (info.field == Field::Has)
        known = fieldNames();
    if (info.field == Field::Status)
        known = {QStringLiteral("2xx"), QStringLiteral("3xx"), QStringLiteral("4xx"),
                 QStringLiteral("5xx")};
    for (int i = 1; info.field == Field::Decision && i < decisionCount; ++i)
        known << decisionName(Decision(i));
    for (int i = 1; info.field == Field::Cache && i < cacheStateCount; ++i)
        known << cacheName(CacheState(i));
    for (int i = 0; info.field == Field::Proto && i < protocolCount; ++i)
        known << protocolName(Protocol(i));
    for (int i = 0; info.field == Field::Error && i < errorCodeCount; ++i) {
        const std::string_view name = errorName(ErrorCode(i));
        known << QLatin1String(name.data(), qsizetype(name.size()));
    }
    for (const QString &word : known) {
        if (std::ranges::find(words, word, &Word::text) == words.end())
            words.push_back({word, -1});
    }
    if (info.field != Field::Is && info.field != Field::Has) {
        words.push_back({QStringLiteral("none"), -1});
        words.push_back({QStringLiteral("*"), -1});
    }
    return words;
}

void Completer::offerWords(const std::vector<Word> &words, const QString &typed, qsizetype from,
                           Kind kind)
{
    for (const Word &word : words) {
        const int fit = rank(typed, word.text);
        if (fit < 0 || word.text == typed)
            continue;
        const bool isSpecial = word.count < 0;
        const QString insert = isSpecial ? word.text : writeValue(word.text, kind);
        QString detail;
        if (isSpecial && word.text == QLatin1String("none"))
            detail = QStringLiteral("absent");
        if (isSpecial && word.text == u'*')
            detail = QStringLiteral("present");
        add(fit, {from, typed.size(), insert, word.text, detail, word.count});
    }
}

void Completer::offerUnits(const FieldInfo &info, const QString &typed, qsizetype at)
{
    const QStringList units = info.kind == Kind::Duration
        ? QStringList{QStringLiteral("ms"), QStringLiteral("s"), QStringLiteral("us"),
                      QStringLiteral("m"),  QStringLiteral("h"), QStringLiteral("d")}
        : QStringList{QStringLiteral("kb"),  QStringLiteral("mb"),  QStringLiteral("gb"),
                      QStringLiteral("kib"), QStringLiteral("mib"), QStringLiteral("gib")};
    for (const QString &unit : units)
        add(0, {at, 0, unit, typed + unit, QStringLiteral("unit"), -1});
}

void Completer::offerValues(const FieldInfo &info, const QString &typed, qsizetype from)
{
    const bool endsInDigit = !typed.isEmpty() && typed.back() >= u'0' && typed.back() <= u'9';
    if ((info.kind == Kind::Duration || info.kind == Kind::Size) && endsInDigit) {
        offerUnits(info, typed, from + typed.size());
        return;
    }
    offerWords(wordsOf(info), typed, from, info.kind);
}

} // namespace

std::vector<Completion> complete(const QString &text, qsizetype cursor,
                                 const Vocabulary *vocabulary)
{
    return Completer(text, std::clamp<qsizetype>(cursor, 0, text.size()), vocabulary).all();
}

} // namespace gatehouse::filter
