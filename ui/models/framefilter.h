// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "ui/models/streamframe.h"

namespace gatehouse::ui {

/// Which frames are shown: words that all have to hold. `error` searches data, event, id and
/// comment; `event:tick` and `id:7` the field alone; `gap>200ms`, `size>1KiB` compare; a "-" in
/// front negates. Quotes keep spaces together. Case does not matter.
class FrameFilter
{
public:
    static constexpr int mostTerms = 32;

    /// BadRequest with a sentence that names the word and what to write instead.
    [[nodiscard]] static Result<FrameFilter> parse(const QString &text);

    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }
    [[nodiscard]] bool matches(const StreamFrame &frame, bool isEvents) const;

private:
    enum class What { Anything, Event, Id, Gap, Size };
    struct Term
    {
        What what = What::Anything;
        bool isNegated = false;
        bool isBelow = false; ///< "<", else ">"
        QString text;
        qint64 number = 0; ///< microseconds or bytes
    };

    [[nodiscard]] static Result<Term> termOf(const QString &word);
    [[nodiscard]] static Result<Term> comparison(Term term, const QString &word);
    [[nodiscard]] static bool holds(const Term &term, const StreamFrame &frame, bool isEvents);

    std::vector<Term> m_terms;
};

} // namespace gatehouse::ui
