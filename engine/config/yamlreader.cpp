// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/yamlreader.h"

#include "engine/config/yamlbuilder.h"

#include <QUtf8StringView>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace gatehouse::config::internal {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

using Name = std::shared_ptr<const std::string>;

bool isUtf8(std::string_view text)
{
    return QUtf8StringView(text.data(), qsizetype(text.size())).isValidUtf8();
}

/// The place of the byte at \a offset; columns count bytes, as the parser's do.
Mark placeOf(const Name &name, std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0: the first line
    return {name, int(std::count(before.begin(), before.end(), '\n')) + 1,
            int(offset - lineStart) + 1};
}

/// The first byte that is no part of a character; the size if there is none.
std::size_t firstBadByte(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length > 1 && !isUtf8(text.substr(at, length)))
            break;
        at += length;
    }
    return std::min(at, text.size());
}

bool checkEncoding(const Name &name, const std::string &text, Findings &findings)
{
    const std::size_t zero = text.find('\0');
    if (zero != std::string::npos) {
        findings.push_back({Severity::Error,
                            placeOf(name, text, zero),
                            {},
                            "encoding",
                            "holds a zero byte",
                            "save the file as UTF-8 text"});
        return false;
    }
    if (isUtf8(text))
        return true;
    findings.push_back({Severity::Error,
                        placeOf(name, text, firstBadByte(text)),
                        {},
                        "encoding",
                        "is not valid UTF-8",
                        "save the file as UTF-8 text"});
    return false;
}

/// The offset of the first tab in the indentation of a line up to \a lastLine, npos if there is
/// none.
std::size_t indentingTab(std::string_view text, int lastLine)
{
    std::size_t start = 0;
    for (int line = 0; line <= lastLine && start < text.size(); ++line) {
        const std::size_t first = text.find_first_not_of(' ', start);
        if (first != std::string_view::npos && text[first] == '\t')
            return first;
        const std::size_t end = text.find('\n', start);
        start = end == std::string_view::npos ? text.size() : end + 1;
    }
    return std::string_view::npos;
}

Finding syntaxFinding(const Name &name, const std::string &text, const YAML::Exception &error,
                      const Mark &mark)
{
    const std::size_t tab = indentingTab(text, error.mark.line);
    if (tab != std::string::npos)
        return {Severity::Error, placeOf(name, text, tab),   {},
                "tab",           "a tab in the indentation", "indent with spaces"};
    return {Severity::Error,
            mark,
            {},
            "syntax",
            "is no YAML: " + error.msg,
            "check the indentation, quotes and brackets here and in the line above"};
}

/// The parser lets the end of the file close a quoted text. \a last is where the last one began.
bool isLastQuoteClosed(std::string_view text, const YAML::Mark &last)
{
    if (last.pos < 0 || std::size_t(last.pos) >= text.size())
        return true;
    std::size_t at = std::size_t(last.pos);
    const char quote = text[at];
    if (quote != '"' && quote != '\'')
        return true; // a block, or a text that only counts as quoted
    while (++at < text.size()) {
        const bool isDoubled = quote == '\'' && text.substr(at, 2) == "''";
        if ((quote == '"' && text[at] == '\\') || isDoubled)
            ++at; // an escaped character
        else if (text[at] == quote)
            return true;
    }
    return false;
}

std::optional<Node> read(const std::string &source, std::string yaml, bool hasLines,
                         Findings &findings)
{
    if (yaml.starts_with(byteOrderMark)) // the parser would drop it too, but count it in no place
        yaml.erase(0, byteOrderMark.size());
    const Name name = std::make_shared<const std::string>(source);
    if (!checkEncoding(name, yaml, findings))
        return std::nullopt;
    YamlBuilder builder(name, hasLines, findings);
    const std::size_t before = findings.size();
    try {
        std::istringstream stream(yaml);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {}
        if (!isLastQuoteClosed(yaml, builder.lastQuoted())) {
            findings.push_back({Severity::Error,
                                builder.markOf(builder.lastQuoted()),
                                {},
                                "syntax",
                                "the quotes are never closed",
                                "add the closing quote"});
            return std::nullopt;
        }
    } catch (const YamlBuilder::Stop &) {
        return std::nullopt;
    } catch (const YAML::Exception &error) {
        findings.push_back(syntaxFinding(name, yaml, error, builder.markOf(error.mark)));
        return std::nullopt;
    } catch (const std::exception &error) {
        findings.push_back({Severity::Error,
                            {name},
                            {},
                            "syntax",
                            std::string("cannot be read: ") + error.what(),
                            {}});
        return std::nullopt;
    }
    if (std::optional<Node> root = builder.take())
        return root;
    return findings.size() == before ? std::optional(Node()) : std::nullopt;
}

} // namespace

std::optional<Node> readYaml(const std::string &name, const std::string &yaml, Findings &findings)
{
    return read(name, yaml, true, findings);
}

std::optional<Node> readYamlValue(const std::string &source, const std::string &yaml,
                                  Findings &findings)
{
    return read(source, yaml, false, findings);
}

} // namespace gatehouse::config::internal
