// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/jsonscan.h"

#include "ui/models/jsonreader.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr qint64 keyBytes = 1024;

JsonValue broken(qint64 at, qint64 index)
{
    JsonValue value;
    value.begin = value.end = at;
    value.index = index;
    return value;
}

// A member of an object up to its value.
bool readKey(JsonReader &reader, JsonValue &into)
{
    const auto key = reader.string(keyBytes);
    if (!key)
        return false;
    into.key = *key;
    into.hasKey = true;
    reader.skipSpace();
    if (reader.peek() != ':')
        return false;
    reader.step();
    reader.skipSpace();
    return true;
}

} // namespace

JsonScan::JsonScan(TextSourcePtr source) : m_source(std::move(source)) {}

void JsonScan::prepare(const std::function<bool(qint64)> &progress)
{
    constexpr qint64 partBytes = 256 * 1024;
    std::vector<qint64> open;
    bool inString = false;
    bool escaped = false;
    qint64 stringAt = 0;
    const auto note = [this](qint64 begin, qint64 end) {
        if (end - begin >= largeBytes)
            m_large.emplace_back(begin, end);
    };
    for (qint64 at = 0; at < m_source->size(); at += partBytes) {
        const QByteArray part = m_source->read(at, partBytes);
        for (qint64 i = 0; i < part.size(); ++i) {
            const char byte = part[i];
            if (inString) {
                if (!escaped && byte == '"') {
                    inString = false;
                    note(stringAt, at + i + 1);
                }
                escaped = !escaped && byte == '\\';
            } else if (byte == '"') {
                inString = true;
                stringAt = at + i;
            } else if (byte == '{' || byte == '[') {
                open.push_back(at + i);
            } else if ((byte == '}' || byte == ']') && !open.empty()) {
                note(open.back(), at + i + 1);
                open.pop_back();
            }
        }
        // Deeper than any real text: what is not noted is found by reading.
        if (!progress(at + part.size()) || open.size() > mostLevels)
            break;
    }
    std::ranges::sort(m_large);
}

std::optional<JsonValue> JsonScan::root() const
{
    JsonReader reader(*this, 0);
    reader.skipSpace();
    if (reader.peek() < 0)
        return std::nullopt;
    return reader.value();
}

std::vector<JsonValue> JsonScan::children(const JsonValue &parent,
                                          const std::optional<JsonValue> &last, int most) const
{
    std::vector<JsonValue> found;
    if ((parent.kind != JsonKind::Object && parent.kind != JsonKind::Array)
        || (last && last->kind == JsonKind::Broken))
        return found;
    const int close = parent.kind == JsonKind::Object ? '}' : ']';
    JsonReader reader(*this, last ? last->end : parent.begin + 1);
    bool isFirst = !last;
    qint64 index = last ? last->index + 1 : 0;
    while (int(found.size()) < most) {
        reader.skipSpace();
        if (reader.peek() == close)
            break;
        if (!isFirst && reader.peek() == ',') {
            reader.step();
            reader.skipSpace();
        } else if (!isFirst) {
            found.push_back(broken(reader.at(), index));
            break;
        }
        isFirst = false;
        JsonValue value;
        if (parent.kind == JsonKind::Object && !readKey(reader, value)) {
            found.push_back(broken(reader.at(), index));
            break;
        }
        JsonValue read = reader.value();
        read.key = value.key;
        read.hasKey = value.hasKey;
        read.index = index++;
        found.push_back(read);
        if (read.kind == JsonKind::Broken)
            break;
    }
    return found;
}

QByteArray JsonScan::text(const JsonValue &value, qint64 most) const
{
    return m_source->read(value.begin, std::min(most, value.end - value.begin));
}

} // namespace gatehouse::ui
