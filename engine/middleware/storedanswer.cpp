// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/storedanswer.h"

#include "engine/http/characters.h"

#include <algorithm>

// Numbers are big-endian:
//   "GI" version=1 kind hash[32]
//   Claim:  length:1 token
//   Answer: ttl:4 status:2 count:2 {length:2 name length:4 value}*count length:4 body
namespace gatehouse::middleware {

namespace {

constexpr std::string_view magic("GI\1", 3);
constexpr std::size_t mostFields = 1000;

void appendNumber(std::string &to, std::size_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        to.push_back(static_cast<char>(value >> shift));
}

void appendHead(std::string &to, StoredAnswer::Kind kind, const crypto::Sha256 &bodyHash)
{
    to.append(magic).push_back(static_cast<char>(kind));
    to.append(reinterpret_cast<const char *>(bodyHash.data()), bodyHash.size());
}

/// Takes parts off the front; once something is missing, everything that follows is empty.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    std::string_view take(std::size_t count)
    {
        if (count > m_bytes.size()) {
            m_isBroken = true;
            m_bytes = {};
            return {};
        }
        const std::string_view part = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return part;
    }
    std::size_t number(int bytes)
    {
        std::size_t value = 0;
        for (const char c : take(std::size_t(bytes)))
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] bool isAtEnd() const { return !m_isBroken && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_isBroken = false;
};

bool isStorable(const Field &field)
{
    return !isHopByHop(field.id) && field.id != FieldName::ContentLength;
}

bool isField(const Field &field)
{
    return !field.name.empty() && areAllIn(field.name, TokenChar) && isStorable(field)
        && findInvalidValueByte(field.value) == field.value.size();
}

bool readFields(Reader &reader, std::vector<Field> &fields)
{
    const std::size_t count = reader.number(2);
    for (std::size_t i = 0; i < count && i < mostFields && !reader.isBroken(); ++i) {
        Field field;
        field.name = reader.take(reader.number(2));
        field.value = reader.take(reader.number(4));
        field.id = fieldNameFrom(field.name);
        if (!isField(field))
            return false;
        fields.push_back(field);
    }
    return fields.size() == count;
}

bool readAnswer(Reader &reader, StoredAnswer &answer)
{
    answer.ttl = std::chrono::seconds(reader.number(4));
    answer.status = int(reader.number(2));
    if (!readFields(reader, answer.fields))
        return false;
    answer.body = reader.take(reader.number(4));
    return answer.status >= 200 && answer.status < 400
        && (answer.body.empty() || !neverHasContent(answer.status));
}

} // namespace

std::string writeClaim(const crypto::Sha256 &bodyHash, std::string_view token)
{
    std::string bytes;
    appendHead(bytes, StoredAnswer::Kind::Claim, bodyHash);
    appendNumber(bytes, token.size(), 1);
    bytes.append(token);
    return bytes;
}

std::string writeAnswer(const crypto::Sha256 &bodyHash, std::chrono::seconds ttl,
                        const Response &response, std::string_view body)
{
    std::string bytes;
    appendHead(bytes, StoredAnswer::Kind::Answer, bodyHash);
    appendNumber(bytes, std::size_t(ttl.count()), 4);
    appendNumber(bytes, std::size_t(response.status()), 2);
    const std::span<const Field> fields = response.headers().fields();
    appendNumber(bytes, std::size_t(std::ranges::count_if(fields, isStorable)), 2);
    for (const Field &field : fields) {
        if (!isStorable(field))
            continue;
        appendNumber(bytes, field.name.size(), 2);
        bytes.append(field.name);
        appendNumber(bytes, field.value.size(), 4);
        bytes.append(field.value);
    }
    appendNumber(bytes, body.size(), 4);
    bytes.append(body);
    return bytes;
}

Result<StoredAnswer> parseStoredAnswer(std::string_view bytes)
{
    StoredAnswer answer;
    Reader reader(bytes);
    bool isRight = reader.take(magic.size()) == magic;
    const std::string_view kind = reader.take(1);
    const std::string_view hash = reader.take(answer.bodyHash.size());
    std::ranges::copy(hash, answer.bodyHash.begin());
    if (kind == "C") {
        answer.token = reader.take(reader.number(1));
        isRight &= !answer.token.empty();
    } else {
        answer.kind = StoredAnswer::Kind::Answer;
        isRight &= kind == "A" && readAnswer(reader, answer);
    }
    if (!isRight || !reader.isAtEnd())
        return fail(ErrorCode::BadRequest, "what is stored is no answer of this version");
    return answer;
}

} // namespace gatehouse::middleware
