// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/framepool.h"

#include "engine/core/jobowner.h"
#include "tests/support/run.h"

#include <cstring>
#include <vector>

using namespace gatehouse;

namespace {

Task<void> countTo(int end, int &count)
{
    while (count < end) {
        co_await test::NextTick();
        ++count;
    }
}

} // namespace

class TestFramePool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesOfEverySizeAreUsable()
    {
        for (int round = 0; round < 3; ++round) {
            std::vector<std::pair<void *, std::size_t>> frames;
            for (std::size_t size = 1; size < 5000; size += 61) {
                void *frame = internal::allocateFrame(size);
                std::memset(frame, round, size);
                frames.emplace_back(frame, size);
            }
            for (const auto &[frame, size] : frames)
                internal::freeFrame(frame, size);
        }
    }

    void manyFramesMayBeAliveAtOnce()
    {
        std::vector<void *> frames;
        for (int i = 0; i < 10'000; ++i) // more than a free list keeps
            frames.push_back(internal::allocateFrame(128));
        for (void *frame : frames)
            internal::freeFrame(frame, 128);
        QCOMPARE(frames.size(), std::size_t(10'000));
    }

    void anEmptyTaskIsNoTask()
    {
        Task<int> task;
        QVERIFY(!task);
        Task<int> other = std::move(task);
        QVERIFY(!other);
        other = Task<int>();
        QVERIFY(!other);
    }

    void anOwnerEndsItsJobs()
    {
        int finished = 0;
        int cancelled = 0;
        {
            JobOwner jobs;
            QVERIFY(jobs.isIdle());
            jobs.spawn(countTo(0, cancelled)); // done at once
            QVERIFY(jobs.isIdle());
            jobs.spawn(countTo(1, finished));
            jobs.spawn(countTo(1000, cancelled));
            QVERIFY(!jobs.isIdle());
            QTRY_COMPARE(finished, 1);
        }
        const int count = cancelled;
        QCoreApplication::processEvents();
        QCOMPARE(cancelled, count);
    }
};

QTEST_GUILESS_MAIN(TestFramePool)
#include "tst_framepool.moc"
