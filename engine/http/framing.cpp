// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/framing.h"

#include "engine/http/characters.h"

namespace gatehouse {

namespace {

std::unexpected<Error> broken(ErrorCode code, const char *rule)
{
    return fail(code, QString::fromLatin1(rule));
}

} // namespace

Result<void> FramingFields::note(const Field &field, ErrorCode code)
{
    switch (field.id) {
    case FieldName::ContentLength:
        return noteLength(field.value, code);
    case FieldName::TransferEncoding:
        return noteTransferEncoding(field.value, code);
    case FieldName::Connection:
        noteConnection(field.value);
        return {};
    default:
        return {};
    }
}

// RFC 9110, section 8.6: 1*DIGIT. A list of equal values could be repaired; we refuse it, as the
// section allows, because two parties that repair differently is how requests are smuggled.
Result<void> FramingFields::noteLength(std::string_view value, ErrorCode code)
{
    if (m_length >= 0)
        return broken(code, "Content-Length occurs twice");
    if (value.empty() || !areAllIn(value, DigitChar))
        return broken(code, "Content-Length is not a number");
    if (value.size() > 18)
        return broken(code, "Content-Length is too large");
    qint64 length = 0;
    for (const char digit : value)
        length = length * 10 + (digit - '0');
    m_length = length;
    return {};
}

// RFC 9112, section 6.1: chunked must be the final coding, and there once.
Result<void> FramingFields::noteTransferEncoding(std::string_view value, ErrorCode code)
{
    m_hasTransferEncoding = true;
    std::string_view coding;
    bool isEmpty = true;
    while (nextListMember(value, coding)) {
        isEmpty = false;
        if (m_isChunked)
            return broken(code, "Transfer-Encoding has a coding after chunked");
        if (equalsIgnoringCase(coding, "chunked"))
            m_isChunked = true;
        else
            m_hasOtherCoding = true;
    }
    if (isEmpty)
        return broken(code, "Transfer-Encoding is empty");
    return {};
}

void FramingFields::noteConnection(std::string_view value)
{
    std::string_view option;
    while (nextListMember(value, option)) {
        if (equalsIgnoringCase(option, "close"))
            m_saysClose = true;
        else if (equalsIgnoringCase(option, "keep-alive"))
            m_saysKeepAlive = true;
        else
            m_namesFields = true;
    }
}

} // namespace gatehouse
