// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/review.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/filter/pattern.h"
#include "engine/filter/program.h"
#include "engine/filter/writer.h"

#include <algorithm>
#include <map>

namespace gatehouse::filter {

namespace {

/// Fields whose values are names of the configuration: others may turn up at any time.
bool isConfigured(Field field)
{
    return field == Field::Route || field == Field::Upstream || field == Field::Limit
        || field == Field::DeniedBy;
}

QStringList wordsOf(Field field, const Vocabulary *vocabulary)
{
    QStringList words;
    switch (field) {
    case Field::Decision:
        for (int i = 0; i < decisionCount; ++i)
            words << decisionName(Decision(i));
        break;
    case Field::Proto:
        for (int i = 0; i < protocolCount; ++i)
            words << protocolName(Protocol(i));
        break;
    case Field::Cache:
        for (int i = 1; i < cacheStateCount; ++i)
            words << cacheName(CacheState(i));
        break;
    case Field::Error:
        for (int i = 0; i < errorCodeCount; ++i) {
            const std::string_view name = errorName(ErrorCode(i));
            words << QLatin1String(name.data(), qsizetype(name.size()));
        }
        break;
    default:
        if (vocabulary && isConfigured(field)) {
            for (const Vocabulary::Word &word : vocabulary->values(field))
                words << word.text;
        }
        break;
    }
    return words;
}

class Reviewer
{
public:
    Reviewer(const QString &text, const Vocabulary *vocabulary)
        : m_text(text)
        , m_vocabulary(vocabulary)
    {
    }

    std::vector<Problem> problems;

    void visit(const Node &node)
    {
        if (node.type == Node::Type::Test)
            look(node.test);
        if (node.type == Node::Type::And)
            findContradiction(node);
        for (const Node &child : node.children)
            visit(child);
    }

private:
    void warn(const Test &test, const QString &message, const QString &replacement = {})
    {
        Problem problem{test.column, test.length, message, {}, true};
        if (!replacement.isEmpty())
            problem.fix = QString(m_text).replace(test.column, test.length, replacement);
        problems.push_back(problem);
    }

    void look(const Test &test);
    void lookAtWords(const Test &test);
    void lookAtNumbers(const Test &test);
    void findContradiction(const Node &conjunction);

    QString m_text;
    const Vocabulary *m_vocabulary;
};

void Reviewer::look(const Test &test)
{
    const Item &first = test.items.front();
    if (test.comparison >= Comparison::Matches) {
        if (Pattern::looksCostly(first.text))
            warn(test,
                 QStringLiteral("the pattern repeats a repetition and may take too much "
                                "work; make it simpler"));
        return;
    }
    const bool isThreeDigits = first.text.size() == 3 && first.type == Item::Type::Text
        && std::ranges::all_of(first.text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (test.field == Field::Any && test.length == 3 && isThreeDigits)
        warn(test,
             QStringLiteral("`%1` searches the text; did you mean `status:%1`?").arg(first.text),
             QStringLiteral("status:") + first.text);
    if (fieldInfo(test.field).kind == Kind::Word)
        lookAtWords(test);
    if (fieldInfo(test.field).isOrdered())
        lookAtNumbers(test);
}

void Reviewer::lookAtWords(const Test &test)
{
    const QStringList known = wordsOf(test.field, m_vocabulary);
    if (known.isEmpty())
        return;
    for (const Item &item : test.items) {
        if (item.type != Item::Type::Text || known.contains(item.text, Qt::CaseInsensitive))
            continue;
        const QString name = fieldInfo(test.field).name;
        const QString near = nearest(item.text, known);
        if (near.isEmpty()) {
            warn(test, QStringLiteral("no %1 is called `%2`").arg(name, item.text));
            continue;
        }
        Test fixed = test;
        for (Item &other : fixed.items) {
            if (other.text == item.text)
                other.text = near;
        }
        Node node{Node::Type::Test, {}, fixed};
        warn(test,
             QStringLiteral("no %1 is called `%2`; did you mean `%3`?").arg(name, item.text, near),
             writeTree(node));
    }
}

void Reviewer::lookAtNumbers(const Test &test)
{
    const auto isEmpty = [](const Interval &i) { return i.low > i.high && !i.isOfDay; };
    const std::vector<Interval> intervals = intervalsOf(test);
    const bool isOnlyNumbers = intervals.size() >= test.items.size();
    if (!isOnlyNumbers || intervals.empty() || !std::ranges::all_of(intervals, isEmpty))
        return;
    const Item &item = test.items.front();
    if (item.type != Item::Type::Range || test.items.size() != 1) {
        warn(test, QStringLiteral("no value is like that, so this is never true"));
        return;
    }
    Node node{Node::Type::Test, {}, test};
    std::swap(node.test.items.front().bounds[0], node.test.items.front().bounds[1]);
    warn(test, QStringLiteral("the range ends before it begins, so this is never true"),
         writeTree(node));
}

/// `status>=500 status<400`: tests of one number that leave nothing.
void Reviewer::findContradiction(const Node &conjunction)
{
    std::map<QString, Interval> left;
    for (const Node &child : conjunction.children) {
        const Test &test = child.test;
        if (child.type != Node::Type::Test || !fieldInfo(test.field).isOrdered()
            || test.comparison == Comparison::Unequal || test.items.size() != 1)
            continue;
        const std::vector<Interval> own = intervalsOf(test);
        if (own.size() != 1 || own[0].isOfDay || own[0].isLocal)
            continue;
        const QString field = writeField(test.field, test.tail);
        if (field.endsWith(u'*')) // each may speak of another one
            continue;
        const auto [known, isNew] = left.try_emplace(field, own[0]);
        Interval &all = known->second;
        const bool wasPossible = all.low <= all.high && own[0].low <= own[0].high;
        all = {std::max(all.low, own[0].low), std::min(all.high, own[0].high)};
        if (!isNew && wasPossible && all.low > all.high)
            warn(test,
                 QStringLiteral("together with what else is said of `%1` this is never true")
                     .arg(field));
    }
}

} // namespace

std::vector<Problem> review(const Expression &expression, const QString &text,
                            const Vocabulary *vocabulary)
{
    Reviewer reviewer(text, vocabulary);
    reviewer.visit(expression.tree());
    return std::move(reviewer.problems);
}

} // namespace gatehouse::filter
