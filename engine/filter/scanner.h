// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/tree.h"

#include <QStringView>

#include <optional>

namespace gatehouse::filter {

/// Reads the words of the language off a text, one at a time. What a character means depends on
/// where it stands, so the parser says what it expects.
class Scanner
{
public:
    explicit Scanner(QStringView text) : m_text(text) {}

    [[nodiscard]] qsizetype position() const { return m_position; }
    void moveTo(qsizetype position) { m_position = position; }
    [[nodiscard]] QStringView text() const { return m_text; }
    [[nodiscard]] bool isAtEnd() const { return m_position >= m_text.size(); }
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const;

    void skipSpace();
    /// True, and past it, if the character is next.
    bool take(QChar character);
    /// True, and past it, if one of the spellings stands here as a whole word.
    bool takeWord(std::initializer_list<QLatin1String> spellings);

    struct Name
    {
        QString name;
        QStringList tail;
    };
    /// A field with what follows its dots. Stays where it is if there is none.
    std::optional<Name> takeName();
    std::optional<Comparison> takeComparison();
    /// A string in quotes; nullopt, and not moved, if it does not end. Patterns keep their
    /// backslashes, except in front of a quote.
    std::optional<QString> takeString(bool isPattern = false);
    QString takeText();    ///< to a space, a bracket or a quote
    QString takeValue();   ///< the same, or a comma
    QString takePattern(); ///< to a space or a bracket that it did not open

    [[nodiscard]] static bool isBreak(QChar character);

private:
    bool takeStep(QString &step);
    bool takeIndexes(QString &step);

    QStringView m_text;
    qsizetype m_position = 0;
};

} // namespace gatehouse::filter
