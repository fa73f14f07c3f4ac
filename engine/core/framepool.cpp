// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/framepool.h"

#include <array>
#include <new>
#include <utility>

namespace gatehouse::internal {

#ifdef GATEHOUSE_SANITIZED

void *allocateFrame(std::size_t bytes)
{
    return ::operator new(bytes);
}

void freeFrame(void *frame, std::size_t bytes) noexcept
{
    ::operator delete(frame, bytes);
}

#else

namespace {

constexpr std::size_t step = 64;
constexpr std::size_t classes = 32; // frames up to 2 KiB; larger ones are rare
constexpr int keptPerClass = 4096;

struct FreeFrame
{
    FreeFrame *next;
};

struct FreeList
{
    FreeFrame *first = nullptr;
    int count = 0;

    ~FreeList()
    {
        while (first)
            ::operator delete(std::exchange(first, first->next));
        count = keptPerClass; // a frame freed later in thread exit goes straight to the heap
    }
};

thread_local std::array<FreeList, classes> freeLists;

} // namespace

void *allocateFrame(std::size_t bytes)
{
    const std::size_t index = (bytes - 1) / step;
    if (index >= classes)
        return ::operator new(bytes);
    FreeList &list = freeLists[index];
    if (!list.first)
        return ::operator new((index + 1) * step);
    --list.count;
    return std::exchange(list.first, list.first->next);
}

void freeFrame(void *frame, std::size_t bytes) noexcept
{
    const std::size_t index = (bytes - 1) / step;
    if (index >= classes || freeLists[index].count >= keptPerClass) {
        ::operator delete(frame);
        return;
    }
    FreeList &list = freeLists[index];
    list.first = ::new (frame) FreeFrame{list.first};
    ++list.count;
}

#endif

} // namespace gatehouse::internal
