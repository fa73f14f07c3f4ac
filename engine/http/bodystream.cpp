// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/bodystream.h"

namespace gatehouse {

BodyStream::~BodyStream() = default;

Task<Result<std::size_t>> BodyStream::spliceTo(int, std::size_t)
{
    co_return fail(ErrorCode::Internal, "this body cannot be spliced");
}

Task<Result<Chunk>> BufferBody::read()
{
    co_return Chunk{std::exchange(m_bytes, {}), true};
}

} // namespace gatehouse
