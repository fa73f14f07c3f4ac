// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/testparser.h"

#include "engine/filter/bound.h"
#include "engine/filter/names.h"
#include "engine/filter/pattern.h"

namespace gatehouse::filter {

namespace {

bool isOrder(Comparison comparison)
{
    return comparison >= Comparison::Greater && comparison <= Comparison::LessEqual;
}

bool isPattern(Comparison comparison)
{
    return comparison >= Comparison::Matches;
}

bool hasWildcard(QStringView word)
{
    return word.contains(u'*') || word.contains(u'?');
}

bool isPlainName(QStringView step)
{
    for (const QChar c : step) {
        if (c.unicode() > 0x7e || !(c.isLetterOrNumber() || c == u'_' || c == u'-'))
            return false;
    }
    return !step.isEmpty();
}

QString quoted(QStringView text)
{
    QString result(u'"');
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            result += u'\\';
        result += c;
    }
    return result + u'"';
}

} // namespace

Problem TestParser::problem(qsizetype column, qsizetype length, const QString &message) const
{
    return {column, length, message, {}};
}

Problem TestParser::problem(qsizetype column, qsizetype length, const QString &message,
                            const QString &replacement) const
{
    return {column, length, message, m_scan.text().toString().replace(column, length, replacement)};
}

std::unexpected<Problem> TestParser::bad(const BadValue &value, qsizetype column,
                                         qsizetype length) const
{
    return std::unexpected(value.fix.isEmpty() ? problem(column, length, value.message)
                                               : problem(column, length, value.message, value.fix));
}

Problem TestParser::openQuote(qsizetype column) const
{
    const QString text = m_scan.text().toString();
    return {column, text.size() - column, QStringLiteral("the quote is not closed; add `\"`"),
            text + u'"'};
}

QString TestParser::quotedWhole() const
{
    Scanner scan(m_scan.text());
    scan.moveTo(m_begin);
    const QString word = scan.takeText();
    return m_scan.text().toString().replace(m_begin, word.size(), quoted(word));
}

TestParser::Parsed TestParser::parse()
{
    m_begin = m_scan.position();
    Test test;
    test.column = m_begin;
    std::optional<Scanner::Name> name = m_scan.takeName();
    const qsizetype nameEnd = m_scan.position();
    const std::optional<Comparison> comparison =
        name ? m_scan.takeComparison() : std::optional<Comparison>();
    if (!comparison) {
        m_scan.moveTo(m_begin);
        return bareText();
    }
    const auto info = knownField(*name);
    if (!info)
        return std::unexpected(info.error());
    test.field = (*info)->field;
    test.comparison = *comparison;
    if (const auto tail = checkTail(**info, name->tail); !tail)
        return std::unexpected(tail.error());
    test.tail = name->tail;
    if (const auto fits = checkComparison(**info, *comparison, nameEnd); !fits)
        return std::unexpected(fits.error());
    const auto read = isPattern(*comparison) ? readPattern(test) : readItems(test);
    if (!read)
        return std::unexpected(read.error());
    test.length = m_scan.position() - m_begin;
    return test;
}

TestParser::Parsed TestParser::bareText()
{
    Test test;
    test.column = m_begin;
    Item item;
    if (m_scan.peek() == u'"') {
        const std::optional<QString> text = m_scan.takeString();
        if (!text)
            return std::unexpected(openQuote(m_begin));
        if (text->isEmpty())
            return std::unexpected(
                problem(m_begin, 2, QStringLiteral("there is no text between the quotes"), {}));
        item.text = *text;
    } else {
        item.text = m_scan.takeText();
        if (hasWildcard(item.text))
            item.type = Item::Type::Glob;
    }
    test.items.push_back(std::move(item));
    test.length = m_scan.position() - m_begin;
    return test;
}

std::expected<const FieldInfo *, Problem> TestParser::knownField(const Scanner::Name &name)
{
    if (const FieldInfo *info = fieldFrom(name.name))
        return info;
    const QString near = nearest(name.name, fieldNames());
    const QString lead = QStringLiteral("`%1` is not a field").arg(name.name);
    if (near.isEmpty())
        return std::unexpected(Problem{m_begin, name.name.size(),
                                       lead + QStringLiteral("; quote it to search for the text"),
                                       quotedWhole()});
    return std::unexpected(problem(
        m_begin, name.name.size(),
        lead + QStringLiteral("; did you mean `%1`? Or quote it to search for the text").arg(near),
        near));
}

std::expected<void, Problem> TestParser::checkTail(const FieldInfo &info, QStringList &tail)
{
    const qsizetype length = m_scan.position() - m_begin;
    const QString name = info.name;
    if (info.tail == FieldInfo::Tail::None) {
        if (tail.isEmpty())
            return {};
        return std::unexpected(
            Problem{m_begin, length,
                    QStringLiteral("`%1` has no parts after a dot; quote it to search for the text")
                        .arg(name),
                    quotedWhole()});
    }
    if (tail.isEmpty()) {
        const QString example = info.tail == FieldInfo::Tail::Path ? QStringLiteral(".$.id")
            : info.field == Field::Stage                           ? QStringLiteral(".upstream")
            : info.isCold                                          ? QStringLiteral(".X-Id")
                                                                   : QStringLiteral(".*");
        return std::unexpected(problem(
            m_begin, length,
            QStringLiteral("`%1` needs a name after a dot, such as `%1%2`").arg(name, example)));
    }
    for (QString &step : tail) {
        if (step.startsWith(u'"') && isPlainName(QStringView(step).sliced(1)))
            step.remove(0, 1);
    }
    if (info.field != Field::Stage)
        return {};
    const QString family = tail.size() == 1 ? tail.front().toLower() : QString();
    if (family == QLatin1String("wait") || familyFrom(family)) {
        tail = {family};
        return {};
    }
    QStringList families{QStringLiteral("wait")};
    for (int i = 0; i < familyCount; ++i)
        families << familyName(Family(i));
    return std::unexpected(problem(m_begin, length,
                                   QStringLiteral("`%1` is no kind of stage; use %2")
                                       .arg(tail.join(u'.'), families.join(QLatin1String(", ")))));
}

std::expected<void, Problem> TestParser::checkComparison(const FieldInfo &info,
                                                         Comparison comparison, qsizetype column)
{
    const qsizetype length = m_scan.position() - column;
    const QString name = m_scan.text().sliced(m_begin, column - m_begin).toString();
    if (isOrder(comparison) && !info.isOrdered() && info.kind != Kind::Json)
        return std::unexpected(problem(
            column, length,
            QStringLiteral("`%1` is a %2 and has no order; use `:`").arg(name, kindName(info.kind)),
            QStringLiteral(":")));
    const bool canMatch = info.isText() || info.kind == Kind::Json;
    if (isPattern(comparison) && !canMatch)
        return std::unexpected(problem(column, length,
                                       QStringLiteral("`%1` is a %2 and takes no pattern; use `:`")
                                           .arg(name, kindName(info.kind)),
                                       QStringLiteral(":")));
    return {};
}

std::expected<void, Problem> TestParser::readPattern(Test &test)
{
    const qsizetype column = m_scan.position();
    Item item;
    if (m_scan.peek() == u'"') {
        const std::optional<QString> text = m_scan.takeString(true);
        if (!text)
            return std::unexpected(openQuote(column));
        item.text = *text;
    } else {
        item.text = m_scan.takePattern();
    }
    if (item.text.isEmpty())
        return std::unexpected(problem(column, m_scan.position() - column,
                                       QStringLiteral("a pattern is missing after `%1`")
                                           .arg(m_scan.text().sliced(m_begin, column - m_begin))));
    if (const QString error = Pattern(item.text).error(); !error.isEmpty())
        return std::unexpected(problem(column, m_scan.position() - column,
                                       QStringLiteral("the pattern is not valid: ") + error));
    test.items.push_back(std::move(item));
    return {};
}

std::expected<void, Problem> TestParser::readItems(Test &test)
{
    do {
        ParsedItem item = readItem(test);
        if (!item)
            return std::unexpected(item.error());
        test.items.push_back(std::move(*item));
    } while (m_scan.take(u',') && !isOrder(test.comparison));
    const qsizetype end = m_scan.position();
    if (isOrder(test.comparison) && end > 0 && m_scan.text()[end - 1] == u',')
        return std::unexpected(problem(end - 1, 1,
                                       QStringLiteral("one value only after `<` or `>`; `:` takes "
                                                      "a list"),
                                       QStringLiteral(" ")));
    return {};
}

TestParser::ParsedItem TestParser::readQuoted(const Test &test)
{
    const FieldInfo &info = fieldInfo(test.field);
    const qsizetype column = m_scan.position();
    const std::optional<QString> text = m_scan.takeString();
    if (!text)
        return std::unexpected(openQuote(column));
    if (info.isText() || info.kind == Kind::Json) {
        Item item;
        item.text = *text;
        if (item.text.isEmpty())
            return std::unexpected(problem(column, 2,
                                           QStringLiteral("there is no text between the quotes; "
                                                          "`none` finds what is absent"),
                                           QStringLiteral("none")));
        return item;
    }
    return std::unexpected(problem(column, m_scan.position() - column,
                                   QStringLiteral("`%1` is a %2; its values have no quotes")
                                       .arg(info.name, kindName(info.kind)),
                                   *text));
}

TestParser::ParsedItem TestParser::readItem(const Test &test)
{
    const qsizetype column = m_scan.position();
    if (m_scan.peek() == u'"')
        return readQuoted(test);
    if (fieldInfo(test.field).kind == Kind::Name)
        return readFieldName(column);
    const QString word = m_scan.takeValue();
    if (!word.isEmpty())
        return readWord(test, word, column);
    Scanner ahead = m_scan;
    ahead.skipSpace();
    const bool isSpaced = ahead.position() > column && !ahead.isAtEnd() && ahead.peek() != u')';
    const QString before = m_scan.text().sliced(m_begin, column - m_begin).toString();
    const QString message = QStringLiteral("a value is missing after `%1`").arg(before);
    if (isSpaced)
        return std::unexpected(problem(column, ahead.position() - column,
                                       message + QStringLiteral("; leave out the space"),
                                       QString()));
    return std::unexpected(problem(column, 0, message));
}

TestParser::ParsedItem TestParser::readWord(const Test &test, const QString &word, qsizetype column)
{
    const FieldInfo &info = fieldInfo(test.field);
    Item item;
    if (!isOrder(test.comparison) && info.kind != Kind::Flag) {
        if (word == u'*' || word.compare(QLatin1String("none"), Qt::CaseInsensitive) == 0) {
            item.type = word == u'*' ? Item::Type::Present : Item::Type::Absent;
            return item;
        }
    }
    if (info.kind == Kind::Flag)
        return readFlag(word, column);
    if (info.field == Field::Status && !isOrder(test.comparison) && isStatusClass(word)) {
        item.type = Item::Type::Class;
        item.text = word.toLower();
        return item;
    }
    if (info.isOrdered() || info.kind == Kind::Json) {
        const bool isRange = !isOrder(test.comparison) && word.contains(QLatin1String(".."));
        std::expected<std::vector<Bound>, BadValue> bounds = std::vector<Bound>();
        if (isRange) {
            bounds = readRange(word, info.kind);
        } else if (auto bound = readBound(word, info.kind)) {
            bounds->push_back(std::move(*bound));
        } else {
            bounds = std::unexpected(bound.error());
        }
        if (bounds) {
            item.type = isRange ? Item::Type::Range : Item::Type::Value;
            item.bounds = std::move(*bounds);
            return item;
        }
        if (info.isOrdered())
            return bad(bounds.error(), column, word.size());
    }
    const bool isGlob = test.comparison == Comparison::Is && hasWildcard(word);
    item.type = isGlob ? Item::Type::Glob : Item::Type::Text;
    item.text = word;
    return item;
}

TestParser::ParsedItem TestParser::readFlag(const QString &word, qsizetype column)
{
    Item item;
    item.type = Item::Type::Flag;
    item.text = word.toLower();
    const QStringList known = flagWords();
    if (known.contains(item.text))
        return item;
    const QString near = nearest(word, known);
    return bad(
        {QStringLiteral("`%1` is no state; use %2").arg(word, known.join(QLatin1String(", "))),
         near},
        column, word.size());
}

TestParser::ParsedItem TestParser::readFieldName(qsizetype column)
{
    Item item;
    item.type = Item::Type::Name;
    std::optional<Scanner::Name> name = m_scan.takeName();
    const qsizetype length = m_scan.position() - column;
    if (!name || !(m_scan.isAtEnd() || Scanner::isBreak(m_scan.peek()) || m_scan.peek() == u',')) {
        m_scan.moveTo(column);
        const QString word = m_scan.takeValue();
        return std::unexpected(
            problem(column, word.size(),
                    QStringLiteral("`has:` needs the name of a field, such as `has:limit`")));
    }
    const FieldInfo *const info = fieldFrom(name->name);
    if (!info || info->kind == Kind::Flag || info->kind == Kind::Name)
        return bad({QStringLiteral("`%1` is not a field").arg(name->name),
                    info ? QString() : nearest(name->name, fieldNames())},
                   column, name->name.size());
    const qsizetype begin = std::exchange(m_begin, column);
    const auto tail = checkTail(*info, name->tail);
    m_begin = begin;
    if (!tail)
        return std::unexpected(Problem{column, length, tail.error().message, {}});
    item.field = info->field;
    item.tail = name->tail;
    return item;
}

} // namespace gatehouse::filter
