// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textcolors.h"

namespace gatehouse::ui {

namespace {

// The first character behind \a at that is no space; 0 at the end.
char16_t nextMark(const QString &row, qsizetype at)
{
    while (at < row.size() && row[at].isSpace())
        ++at;
    return at < row.size() ? row[at].unicode() : 0;
}

// Behind the string that goes on at \a at.
qsizetype endOfString(const QString &row, qsizetype at)
{
    for (; at < row.size(); ++at) {
        if (row[at] == QLatin1Char('\\'))
            ++at;
        else if (row[at] == QLatin1Char('"'))
            return at + 1;
    }
    return row.size();
}

// A piece of a long line may begin in a string: then what follows its first quote is a mark.
bool beginsInString(const QString &row)
{
    const qsizetype quote = row.indexOf(QLatin1Char('"'));
    if (quote < 0)
        return false;
    const char16_t next = nextMark(row, quote + 1);
    return next == u',' || next == u':' || next == u']' || next == u'}';
}

std::vector<ColorRun> jsonRuns(const QString &row, bool isContinuation)
{
    std::vector<ColorRun> runs;
    const auto add = [&](qsizetype from, qsizetype to, Token token) {
        runs.push_back({int(from), int(to - from), token});
    };
    const auto addString = [&](qsizetype from, qsizetype to) {
        add(from, to, nextMark(row, to) == u':' ? Token::Put : Token::Ok);
    };
    qsizetype at = 0;
    if (isContinuation && beginsInString(row)) {
        at = endOfString(row, 0);
        addString(0, at);
    }
    while (at < row.size()) {
        const QChar c = row[at];
        const qsizetype from = at++;
        if (c == QLatin1Char('"')) {
            at = endOfString(row, at);
            addString(from, at);
        } else if (c.isDigit() || c == QLatin1Char('-')) {
            while (at < row.size()
                   && (row[at].isDigit() || QStringView(u".eE+-").contains(row[at])))
                ++at;
            add(from, at, Token::Link);
        } else if (c.isLetter()) {
            while (at < row.size() && row[at].isLetter())
                ++at;
            add(from, at, Token::Warn);
        } else if (!c.isSpace()) {
            add(from, at, Token::Text2);
        }
    }
    return runs;
}

std::vector<ColorRun> hexRuns(const QString &row)
{
    std::vector<ColorRun> runs{{0, 8, Token::Text3}};
    for (int i = 0; i < 16; ++i) {
        const int column = 10 + 3 * i + (i >= 8 ? 1 : 0);
        if (QStringView(row).mid(column, 2) == QLatin1String("00"))
            runs.push_back({column, 2, Token::Text3});
    }
    constexpr int characters = 10 + 16 * 3 + 2;
    if (row.size() > characters)
        runs.push_back({characters, int(row.size()) - characters, Token::Ok});
    return runs;
}

} // namespace

std::vector<ColorRun> colorRuns(const QString &row, TextLook look, bool isContinuation)
{
    switch (look) {
    case TextLook::Json:
        return jsonRuns(row, isContinuation);
    case TextLook::Hex:
        return hexRuns(row);
    case TextLook::Plain:
        break;
    }
    return {};
}

} // namespace gatehouse::ui
