// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/parser.h"

#include "engine/filter/scanner.h"
#include "engine/filter/testparser.h"

namespace gatehouse::filter {

namespace {

using Parsed = std::expected<Node, Problem>;

/// and, or, not and brackets; what stands between them is the work of TestParser.
class TreeParser
{
public:
    explicit TreeParser(QStringView text) : m_scan(text) {}

    Parsed parse()
    {
        m_scan.skipSpace();
        if (m_scan.isAtEnd())
            return Node{};
        Parsed node = either();
        if (!node || m_scan.isAtEnd())
            return node;
        return broken(m_scan.position(), 1, QStringLiteral("`)` closes nothing; remove it"),
                      without(m_scan.position(), 1));
    }

private:
    enum class Word { None, Or, And };

    /// Enters a level; leaves it at the end of the scope.
    struct Level
    {
        explicit Level(int &depth) : depth(depth) { ++depth; }
        ~Level() { --depth; }
        Q_DISABLE_COPY_MOVE(Level)
        int &depth;
    };

    [[nodiscard]] std::unexpected<Problem> broken(qsizetype column, qsizetype length,
                                                  const QString &message,
                                                  const QString &fix = {}) const
    {
        return std::unexpected(Problem{column, length, message, fix});
    }
    [[nodiscard]] QString without(qsizetype column, qsizetype length) const
    {
        return m_scan.text().toString().remove(column, length).trimmed();
    }

    Word takeConjunction()
    {
        if (m_scan.takeWord({QLatin1String("or"), QLatin1String("||")}))
            return Word::Or;
        if (m_scan.takeWord({QLatin1String("and"), QLatin1String("&&")}))
            return Word::And;
        return Word::None;
    }
    Word peekConjunction()
    {
        const qsizetype here = m_scan.position();
        const Word word = takeConjunction();
        m_scan.moveTo(here);
        return word;
    }

    Parsed either();
    Parsed all();
    Parsed negated();
    Parsed primary();
    Parsed bracketed();
    std::expected<void, Problem> expectOperand(qsizetype column, qsizetype length);

    Scanner m_scan;
    int m_depth = 0;
    int m_terms = 0;
};

void append(Node &list, Node &&child)
{
    if (child.type != list.type) {
        list.children.push_back(std::move(child));
        return;
    }
    for (Node &grandchild : child.children)
        list.children.push_back(std::move(grandchild));
}

Node list(Node::Type type, Node &&first)
{
    Node node;
    node.type = type;
    append(node, std::move(first));
    return node;
}

/// What follows `and`, `or`, `not` or a bracket must be something.
std::expected<void, Problem> TreeParser::expectOperand(qsizetype column, qsizetype length)
{
    m_scan.skipSpace();
    if (!m_scan.isAtEnd() && m_scan.peek() != u')' && peekConjunction() == Word::None)
        return {};
    const QString word = m_scan.text().sliced(column, length).toString();
    return broken(column, length,
                  QStringLiteral("something is missing after `%1`; quote it to search for the text")
                      .arg(word),
                  m_scan.text().toString().replace(column, length, u'"' + word + u'"'));
}

Parsed TreeParser::either()
{
    Parsed first = all();
    if (!first)
        return first;
    Node node = std::move(*first);
    for (;;) {
        m_scan.skipSpace();
        const qsizetype begin = m_scan.position();
        if (takeConjunction() != Word::Or) {
            m_scan.moveTo(begin);
            return node;
        }
        if (const auto operand = expectOperand(begin, m_scan.position() - begin); !operand)
            return std::unexpected(operand.error());
        Parsed next = all();
        if (!next)
            return next;
        if (node.type != Node::Type::Or)
            node = list(Node::Type::Or, std::move(node));
        append(node, std::move(*next));
    }
}

Parsed TreeParser::all()
{
    m_scan.skipSpace();
    const qsizetype start = m_scan.position();
    if (takeConjunction() != Word::None) {
        const qsizetype length = m_scan.position() - start;
        const QString word = m_scan.text().sliced(start, length).toString();
        return broken(start, length,
                      QStringLiteral("something is missing before `%1`; quote it to search for "
                                     "the text")
                          .arg(word),
                      m_scan.text().toString().replace(start, length, u'"' + word + u'"'));
    }
    Parsed first = negated();
    if (!first)
        return first;
    Node node = std::move(*first);
    for (;;) {
        m_scan.skipSpace();
        const qsizetype begin = m_scan.position();
        if (m_scan.isAtEnd() || m_scan.peek() == u')')
            return node;
        switch (takeConjunction()) {
        case Word::Or:
            m_scan.moveTo(begin);
            return node;
        case Word::And:
            if (const auto operand = expectOperand(begin, m_scan.position() - begin); !operand)
                return std::unexpected(operand.error());
            break;
        case Word::None:
            break;
        }
        Parsed next = negated();
        if (!next)
            return next;
        if (node.type != Node::Type::And)
            node = list(Node::Type::And, std::move(node));
        append(node, std::move(*next));
    }
}

Parsed TreeParser::negated()
{
    bool isNegated = false;
    int nots = 0;
    for (;; isNegated = !isNegated, ++nots) {
        m_scan.skipSpace();
        const qsizetype begin = m_scan.position();
        if (nots + m_depth > mostLevels)
            return broken(
                begin, 1,
                QStringLiteral("more than %1 levels deep; write it flatter").arg(mostLevels));
        if (m_scan.takeWord({QLatin1String("not")})) {
            if (const auto operand = expectOperand(begin, m_scan.position() - begin); !operand)
                return std::unexpected(operand.error());
            continue;
        }
        // Alone, or with a space after it, the sign is text.
        const QChar next = m_scan.peek(1);
        const bool isSign = m_scan.peek() == u'-' || m_scan.peek() == u'!';
        if (!isSign || next.isNull() || next.isSpace() || next == u')')
            break;
        (void)m_scan.take(m_scan.peek());
    }
    Parsed inner = primary();
    if (!inner || !isNegated)
        return inner;
    if (inner->type == Node::Type::Not) {
        Node child = std::move(inner->children.front());
        return child;
    }
    return list(Node::Type::Not, std::move(*inner));
}

Parsed TreeParser::bracketed()
{
    const qsizetype begin = m_scan.position();
    const Level level(m_depth);
    if (m_depth > mostLevels)
        return broken(begin, 1,
                      QStringLiteral("more than %1 levels deep; write it flatter").arg(mostLevels));
    (void)m_scan.take(u'(');
    m_scan.skipSpace();
    if (m_scan.peek() == u')')
        return broken(begin, m_scan.position() + 1 - begin,
                      QStringLiteral("there is nothing between the brackets; remove them"),
                      without(begin, m_scan.position() + 1 - begin));
    if (m_scan.isAtEnd())
        return broken(begin, 1, QStringLiteral("`(` is not closed; add `)`"));
    Parsed node = either();
    if (node && !m_scan.take(u')'))
        return broken(begin, 1, QStringLiteral("`(` is not closed; add `)`"),
                      m_scan.text().toString() + u')');
    return node;
}

Parsed TreeParser::primary()
{
    if (m_scan.peek() == u'(')
        return bracketed();
    if (++m_terms > mostTerms)
        return broken(m_scan.position(), 1,
                      QStringLiteral("more than %1 terms; split the filter").arg(mostTerms));
    std::expected<Test, Problem> test = TestParser(m_scan).parse();
    if (!test)
        return std::unexpected(test.error());
    Node node;
    node.type = Node::Type::Test;
    node.test = std::move(*test);
    return node;
}

} // namespace

std::expected<Node, Problem> parseTree(QStringView text)
{
    if (text.size() > mostText)
        return std::unexpected(
            Problem{mostText,
                    text.size() - mostText,
                    QStringLiteral("a filter has at most %1 characters; shorten it").arg(mostText),
                    {}});
    return TreeParser(text).parse();
}

} // namespace gatehouse::filter
