// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/expression.h"
#include "engine/filter/tree.h"

#include <vector>

namespace gatehouse::filter {

/// Whole numbers, ends included; empty if low is above high.
struct Interval
{
    qint64 low = 0;
    qint64 high = 0;
    bool isOfDay = false;
    bool isLocal = false;
};

/// A test, prepared. It says yes or no to "some value fits"; Instruction turns it round.
struct Leaf
{
    enum class How : quint8 { Ids, Mask, Number, Spans, Ran, Url, Cold, Json };

    How how = How::Ids;
    Test test; ///< of `has:` the field that has to be there, with the item Present
    bool wantsAbsent = false;
    bool wantsPresent = false;
    std::vector<Interval> intervals;
    quint64 mask = 0; ///< of Mask: a bit for every value that fits
};

/// Asks a leaf and goes on where the answer says.
struct Instruction
{
    static constexpr quint16 accept = 0xffff;
    static constexpr quint16 reject = 0xfffe;

    quint16 leaf = 0;
    bool isNegated = false;
    quint16 onTrue = accept;
    quint16 onFalse = reject;
};

/// An expression as a flat list of instructions with short-circuit jumps. Of one `and` or `or`
/// the cheapest comes first and what is cold last.
class Program
{
public:
    explicit Program(const Expression &expression);

    [[nodiscard]] const std::vector<Instruction> &instructions() const { return m_instructions; }
    [[nodiscard]] const std::vector<Leaf> &leaves() const { return m_leaves; }
    [[nodiscard]] quint16 entry() const { return m_entry; }

private:
    [[nodiscard]] quint16 emit(const Node &node, bool isNegated, quint16 onTrue, quint16 onFalse);

    std::vector<Instruction> m_instructions;
    std::vector<Leaf> m_leaves;
    quint16 m_entry = Instruction::accept;
};

/// What \a test accepts of numbers; for ordered kinds.
[[nodiscard]] std::vector<Interval> intervalsOf(const Test &test);

} // namespace gatehouse::filter
