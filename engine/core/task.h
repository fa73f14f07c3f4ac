// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/framepool.h"

#include <QtGlobal>

#ifndef Q_MOC_RUN // moc 6.4 cannot parse the <concepts> that libstdc++'s <coroutine> includes
#include <coroutine>
#endif
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace gatehouse {

namespace internal {

struct PromiseBase
{
    struct FinalAwaiter
    {
        bool await_ready() const noexcept { return false; }
        void await_resume() const noexcept {}

        template<typename Promise>
        void await_suspend(std::coroutine_handle<Promise> self) const noexcept
        {
            PromiseBase &promise = self.promise();
            if (std::exchange(promise.startedInline, false))
                return; // the parent is still on the stack and takes the value itself
            if (promise.parent)
                promise.parent.resume(); // may destroy this frame: touch nothing after it
        }
    };

    static void *operator new(std::size_t bytes) { return allocateFrame(bytes); }
    static void operator delete(void *frame, std::size_t bytes) { freeFrame(frame, bytes); }

    std::suspend_always initial_suspend() const noexcept { return {}; }
    FinalAwaiter final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }

    void rethrowError() const
    {
        if (error)
            std::rethrow_exception(error);
    }

    std::coroutine_handle<> parent;
    std::exception_ptr error;
    bool startedInline = false;
};

template<typename T>
struct Promise : PromiseBase
{
    template<typename U = T, typename = std::enable_if_t<std::is_convertible_v<U &&, T>>>
    void return_value(U &&result)
    {
        value.emplace(std::forward<U>(result));
    }

    T take()
    {
        rethrowError();
        return std::move(*value);
    }

    std::optional<T> value;
};

template<>
struct Promise<void> : PromiseBase
{
    void return_void() const noexcept {}
    void take() const { rethrowError(); }
};

} // namespace internal

/// A lazy coroutine that owns its frame. Nothing runs until it is awaited or started;
/// destroying a suspended Task destroys the frames below it, which is how we cancel.
///
/// A child that finishes without suspending resumes its parent by returning, not by a nested
/// resume(), so a loop over ready tasks needs constant stack even at -O0.
///
/// Thread: a Task stays on the thread that started it. Await it once. Destroy a suspended Task
/// only from the event loop, never from inside a frame that it owns.
template<typename T = void>
class [[nodiscard]] Task
{
    static_assert(!std::is_reference_v<T>, "return a pointer or a value");

public:
    struct promise_type : internal::Promise<T>
    {
        Task get_return_object() { return Task(Handle::from_promise(*this)); }
    };
    using Handle = std::coroutine_handle<promise_type>;

    /// No task at all: what a member holds between two uses. May be assigned to and tested only.
    Task() = default;
    Task(Task &&other) noexcept : m_frame(std::exchange(other.m_frame, {})) {}
    Task &operator=(Task &&other) noexcept
    {
        Task old(std::move(other)); // the frame we held until now ends here, not in other
        std::swap(m_frame, old.m_frame);
        return *this;
    }
    ~Task()
    {
        if (m_frame)
            m_frame.destroy();
    }

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> parent)
    {
        Q_ASSERT(m_frame && !m_frame.done());
        internal::PromiseBase &promise = m_frame.promise();
        promise.parent = parent;
        promise.startedInline = true;
        m_frame.resume();
        if (m_frame.done())
            return false;
        promise.startedInline = false;
        return true;
    }
    [[nodiscard]] T await_resume() { return m_frame.promise().take(); }

    /// Runs a root task up to its first suspension. For its owner only: the connection, the
    /// job list, the test runner. A root that must report its end does so in its last line,
    /// through a queued call.
    void start()
    {
        Q_ASSERT(m_frame && !m_frame.done());
        m_frame.resume();
    }
    [[nodiscard]] explicit operator bool() const { return bool(m_frame); }
    [[nodiscard]] bool isDone() const { return m_frame.done(); }
    /// The value of a finished root; rethrows what escaped from it. Call it once.
    [[nodiscard]] T take()
    {
        Q_ASSERT(isDone());
        return m_frame.promise().take();
    }

private:
    explicit Task(Handle frame) : m_frame(frame) {}

    Handle m_frame;
};

} // namespace gatehouse
