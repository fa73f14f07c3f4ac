// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/bodystream.h"

namespace gatehouse {

BodyStream::~BodyStream() = default;

Task<Result<Chunk>> BufferBody::read()
{
    co_return Chunk{std::exchange(m_bytes, {}), true};
}

} // namespace gatehouse
