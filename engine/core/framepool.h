// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace gatehouse::internal {

/// Memory for coroutine frames: a free list per thread and size class, so that a request costs no
/// malloc once the worker is warm. A frame must be freed on the thread that allocated it. Sanitizer
/// builds go to the heap, where use after free is seen.
[[nodiscard]] void *allocateFrame(std::size_t bytes);
void freeFrame(void *frame, std::size_t bytes) noexcept;

} // namespace gatehouse::internal
