// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/storedanswer.h"

#include "engine/http/byterecord.h"

#include <algorithm>

// Numbers are big-endian:
//   "GI" version=1 kind hash[32]
//   Claim:  length:1 token
//   Answer: ttl:4 status:2 count:2 {length:2 name length:4 value}*count length:4 body
namespace gatehouse::middleware {

namespace {

constexpr std::string_view magic("GI\1", 3);

void appendHead(std::string &to, StoredAnswer::Kind kind, const crypto::Sha256 &bodyHash)
{
    to.append(magic).push_back(static_cast<char>(kind));
    to.append(reinterpret_cast<const char *>(bodyHash.data()), bodyHash.size());
}

bool isStorable(const Field &field)
{
    return !isHopByHop(field.id) && field.id != FieldName::ContentLength;
}

bool readAnswer(RecordReader &reader, StoredAnswer &answer)
{
    answer.ttl = std::chrono::seconds(reader.number(4));
    answer.status = int(reader.number(2));
    if (!reader.fields(answer.fields, isStorable))
        return false;
    answer.body = reader.text();
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
    appendFields(bytes, response.headers().fields(), isStorable);
    appendText(bytes, body);
    return bytes;
}

Result<StoredAnswer> parseStoredAnswer(std::string_view bytes)
{
    StoredAnswer answer;
    RecordReader reader(bytes);
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
