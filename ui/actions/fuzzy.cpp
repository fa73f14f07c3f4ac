// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/fuzzy.h"

namespace gatehouse::ui {

std::optional<int> fuzzyScore(const QString &typed, const QString &text)
{
    int score = 0;
    qsizetype at = 0;
    bool wasHit = false;
    for (const QChar wanted : typed) {
        if (wanted.isSpace())
            continue;
        const qsizetype from = at;
        while (at < text.size() && text[at].toCaseFolded() != wanted.toCaseFolded())
            ++at;
        if (at == text.size())
            return std::nullopt;
        const bool beginsWord = at == 0 || !text[at - 1].isLetterOrNumber();
        score += beginsWord ? 8 : 1;
        score += wasHit && at == from ? 5 : 0;
        wasHit = true;
        ++at;
    }
    return score - int(text.size()) / 8;
}

} // namespace gatehouse::ui
