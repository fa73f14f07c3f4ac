// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/fieldparser.h"

#include "engine/http/characters.h"

#include <cstring>

namespace gatehouse {

namespace {

std::unexpected<Error> broken(ErrorCode code, const char *rule)
{
    return fail(code, QString::fromLatin1(rule));
}

} // namespace

Result<void> parseFieldLine(std::string_view &lines, Headers &headers, ErrorCode code)
{
    if (lines.front() == ' ' || lines.front() == '\t')
        return broken(code, "a field line is folded (obs-fold)"); // RFC 9112, section 5.2

    std::size_t nameEnd = 0;
    while (nameEnd < lines.size() && isIn(lines[nameEnd], TokenChar))
        ++nameEnd;
    if (nameEnd == 0)
        return broken(code, "a field has no name");
    std::size_t colon = nameEnd;
    while (code == ErrorCode::UpstreamProtocol && colon < lines.size()
           && (lines[colon] == ' ' || lines[colon] == '\t'))
        ++colon;
    if (colon == lines.size() || lines[colon] != ':')
        return broken(code,
                      "a field name is not followed by a colon, or holds a forbidden character");

    const std::string_view rest = lines.substr(colon + 1);
    const void *newline = std::memchr(rest.data(), '\n', rest.size());
    const std::size_t lineEnd =
        newline ? static_cast<std::size_t>(static_cast<const char *>(newline) - rest.data()) : 0;
    if (lineEnd == 0 || rest[lineEnd - 1] != '\r')
        return broken(code, "a line ends in LF without CR");
    const std::string_view value = trimmed(rest.substr(0, lineEnd - 1));
    if (findInvalidValueByte(value) != value.size())
        return broken(code, "a field value holds a control character");

    const std::string_view name = lines.substr(0, nameEnd);
    headers.add(fieldNameFrom(name), name, value);
    lines = rest.substr(lineEnd + 1);
    return {};
}

} // namespace gatehouse
