// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/problem.h"
#include "engine/filter/scanner.h"

#include <expected>

namespace gatehouse::filter {

struct BadValue;

/// Reads one test, `status:4xx,503`, or a text, which is a test of `any`.
class TestParser
{
public:
    /// \a scan is not owned; it stands at the first character and ends behind the last.
    explicit TestParser(Scanner &scan) : m_scan(scan) {}
    std::expected<Test, Problem> parse();

private:
    using Parsed = std::expected<Test, Problem>;
    using ParsedItem = std::expected<Item, Problem>;

    Parsed bareText();
    std::expected<const FieldInfo *, Problem> knownField(const Scanner::Name &name);
    std::expected<void, Problem> checkTail(const FieldInfo &info, QStringList &tail);
    std::expected<void, Problem> checkComparison(const FieldInfo &info, Comparison comparison,
                                                 qsizetype column);
    std::expected<void, Problem> readItems(Test &test);
    std::expected<void, Problem> readPattern(Test &test);
    ParsedItem readItem(const Test &test);
    ParsedItem readQuoted(const Test &test);
    ParsedItem readWord(const Test &test, const QString &word, qsizetype column);
    ParsedItem readFlag(const QString &word, qsizetype column);
    ParsedItem readFieldName(qsizetype column);

    [[nodiscard]] Problem problem(qsizetype column, qsizetype length, const QString &message) const;
    [[nodiscard]] Problem problem(qsizetype column, qsizetype length, const QString &message,
                                  const QString &replacement) const;
    [[nodiscard]] std::unexpected<Problem> bad(const BadValue &value, qsizetype column,
                                               qsizetype length) const;
    [[nodiscard]] Problem openQuote(qsizetype column) const;
    /// A fix that makes text of the whole word that begins where the test does.
    [[nodiscard]] QString quotedWhole() const;

    Scanner &m_scan;
    qsizetype m_begin = 0;
};

} // namespace gatehouse::filter
