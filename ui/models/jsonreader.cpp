// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/jsonreader.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr qint64 blockBytes = 64 * 1024;

bool isSpace(int byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

bool endsWord(int byte)
{
    return byte < 0 || isSpace(byte) || byte == ',' || byte == ']' || byte == '}' || byte == ':'
        || byte == '"' || byte == '[' || byte == '{';
}

} // namespace

JsonReader::JsonReader(const JsonScan &scan, qint64 at) : m_scan(scan), m_at(at) {}

int JsonReader::peek()
{
    if (m_at < m_blockAt || m_at >= m_blockAt + m_block.size()) {
        m_blockAt = m_at;
        m_block = m_scan.source()->read(m_at, blockBytes);
        if (m_block.isEmpty())
            return -1;
    }
    return quint8(m_block[m_at - m_blockAt]);
}

void JsonReader::skipSpace()
{
    while (isSpace(peek()))
        step();
}

// Over a large value whose end is known.
bool JsonReader::jump()
{
    const auto &large = m_scan.m_large;
    const auto it = std::lower_bound(large.begin(), large.end(), std::pair(m_at, qint64(0)));
    if (it == large.end() || it->first != m_at)
        return false;
    m_at = it->second;
    return true;
}

JsonValue JsonReader::value()
{
    JsonValue value;
    value.begin = m_at;
    const int byte = peek();
    bool isWhole = true;
    if (byte == '{' || byte == '[') {
        value.kind = byte == '{' ? JsonKind::Object : JsonKind::Array;
        isWhole = jump() || skipContainer();
    } else if (byte == '"') {
        value.kind = JsonKind::String;
        isWhole = jump() || skipString();
    } else if (byte == '-' || (byte >= '0' && byte <= '9')) {
        value.kind = JsonKind::Number;
        skipWord();
    } else if (byte == 't' || byte == 'f' || byte == 'n') {
        value.kind = JsonKind::Literal;
        skipWord();
    } else {
        isWhole = false;
    }
    if (!isWhole)
        value.kind = JsonKind::Broken;
    value.end = m_at;
    return value;
}

std::optional<QByteArray> JsonReader::string(qint64 most)
{
    if (peek() != '"')
        return std::nullopt;
    const qint64 begin = m_at + 1;
    if (!skipString())
        return std::nullopt;
    return m_scan.source()->read(begin, std::min(most, m_at - 1 - begin));
}

bool JsonReader::skipString()
{
    step();
    for (int byte = peek(); byte >= 0; byte = peek()) {
        step();
        if (byte == '"')
            return true;
        if (byte == '\\')
            step();
    }
    return false;
}

bool JsonReader::skipContainer()
{
    qint64 open = 0;
    for (int byte = peek(); byte >= 0; byte = peek()) {
        if (byte == '"') {
            if (!skipString())
                return false;
            continue;
        }
        step();
        open += byte == '{' || byte == '[' ? 1 : byte == '}' || byte == ']' ? -1 : 0;
        if (open == 0)
            return true;
    }
    return false;
}

void JsonReader::skipWord()
{
    while (!endsWord(peek()))
        step();
}

} // namespace gatehouse::ui
