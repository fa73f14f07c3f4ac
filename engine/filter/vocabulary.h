// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/field.h"

#include <QString>

#include <vector>

namespace gatehouse::filter {

/// Words that somebody has seen, for completion and for warnings about words that nobody has.
class Vocabulary
{
public:
    struct Word
    {
        QString text;
        qint64 count = 0; ///< exchanges that have it; 0: known, but not seen
    };

    virtual ~Vocabulary();
    /// What \a field has been, the most frequent first; a few hundred at most. Empty: not known.
    [[nodiscard]] virtual std::vector<Word> values(Field field) const = 0;
    /// What has followed the dot of \a field: names of headers, middlewares, JSON paths.
    [[nodiscard]] virtual std::vector<Word> tails(Field field) const = 0;
};

} // namespace gatehouse::filter
