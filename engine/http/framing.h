// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/http/headers.h"

namespace gatehouse {

/// How the end of a message body is known (RFC 9112, section 6.3).
struct Framing
{
    enum class Kind {
        None,       ///< there is no body
        Length,     ///< exactly `length` bytes
        Chunked,    ///< until the last chunk
        UntilClose, ///< until the connection closes; answers only
    };
    Kind kind = Kind::None;
    qint64 length = 0;
    bool keepsAlive = false;      ///< the connection may be used again after this message
    bool expectsContinue = false; ///< requests: the client waits for 100 (RFC 9110, section 10.1.1)
};

/// What one pass over the field lines of a head finds out about framing and connection.
class FramingFields
{
public:
    /// Takes note of \a field. \a code is the error's: BadRequest or UpstreamProtocol.
    Result<void> note(const Field &field, ErrorCode code);

    [[nodiscard]] bool hasLength() const { return m_length >= 0; }
    [[nodiscard]] qint64 length() const { return m_length; }
    [[nodiscard]] bool hasTransferEncoding() const { return m_hasTransferEncoding; }
    /// Transfer-Encoding is exactly one "chunked".
    [[nodiscard]] bool isChunked() const { return m_isChunked && !m_hasOtherCoding; }
    /// "chunked" is the final coding, others come before it.
    [[nodiscard]] bool endsChunked() const { return m_isChunked; }
    [[nodiscard]] bool saysClose() const { return m_saysClose; }
    [[nodiscard]] bool saysKeepAlive() const { return m_saysKeepAlive; }
    /// Connection names fields beyond close and keep-alive, which must not be forwarded.
    [[nodiscard]] bool namesFields() const { return m_namesFields; }

private:
    Result<void> noteLength(std::string_view value, ErrorCode code);
    Result<void> noteTransferEncoding(std::string_view value, ErrorCode code);
    void noteConnection(std::string_view value);

    qint64 m_length = -1;
    bool m_hasTransferEncoding = false;
    bool m_isChunked = false;
    bool m_hasOtherCoding = false;
    bool m_saysClose = false;
    bool m_saysKeepAlive = false;
    bool m_namesFields = false;
};

} // namespace gatehouse
