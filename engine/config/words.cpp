// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/words.h"

#include <algorithm>
#include <numeric>

namespace gatehouse::config::internal {

namespace {

constexpr std::size_t longestShown = 60;

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::size_t distance(const std::string &from, const std::string &to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

} // namespace

std::string inQuotes(std::string_view text)
{
    std::string shown(text.substr(0, longestShown));
    // a cut must not split a character: continuation bytes are 10xxxxxx
    if (text.size() > longestShown) {
        std::size_t end = longestShown;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        shown = std::string(text.substr(0, end)) + "...";
    }
    std::replace_if(
        shown.begin(), shown.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return '"' + shown + '"';
}

std::string joined(const std::vector<std::string> &words)
{
    std::string result;
    for (const std::string &word : words)
        result += (result.empty() ? "" : ", ") + word;
    return result;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return result;
}

std::string uppered(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return result;
}

std::string nearest(std::string_view word, const std::vector<std::string> &candidates)
{
    const std::string wanted = lowered(word.substr(0, longestShown));
    std::size_t best = std::max<std::size_t>(2, wanted.size() / 3) + 1;
    std::string result;
    for (const std::string &candidate : candidates) {
        const std::size_t difference = distance(wanted, lowered(candidate));
        if (difference < best && difference < candidate.size()) {
            best = difference;
            result = candidate;
        }
    }
    return result;
}

std::string suggestName(std::string_view word, const std::vector<std::string> &candidates,
                        std::string_view list)
{
    const std::string name = nearest(word, candidates);
    if (!name.empty())
        return "did you mean " + inQuotes(name) + "?";
    constexpr std::size_t fewEnough = 40;
    if (candidates.empty() || candidates.size() > fewEnough)
        return {};
    return "known " + std::string(list) + " are: " + joined(candidates);
}

std::string keyPath(const std::string &path, std::string_view key)
{
    if (!isMadeOf(key, "_-"))
        return path + '[' + std::string(key.substr(0, longestShown)) + ']';
    return (path.empty() ? path : path + '.') + std::string(key.substr(0, longestShown));
}

std::string itemPath(const std::string &path, std::size_t index)
{
    return path + '[' + std::to_string(index) + ']';
}

bool isMadeOf(std::string_view text, std::string_view others)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [others](char c) {
        return isLetterOrDigit(c) || others.find(c) != std::string_view::npos;
    });
}

} // namespace gatehouse::config::internal
