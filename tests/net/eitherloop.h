// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/eventdispatcher.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimer>

namespace gatehouse::test {

/// The conformance tests run twice: on our dispatcher, and with GATEHOUSE_TEST_LOOP=qt on the one
/// that Qt would have used. What passes on both is what Qt code may rely on.
inline bool isOurLoop()
{
    return qEnvironmentVariable("GATEHOUSE_TEST_LOOP") != u"qt";
}

template<typename Test>
int runOnEitherLoop(int argc, char **argv)
{
    if (isOurLoop())
        QCoreApplication::setEventDispatcher(new net::EventDispatcher);
    QCoreApplication app(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

/// Runs the loop until \a condition() holds; false after 5 s. Unlike QTRY_VERIFY it never sleeps,
/// and every turn may block, as in a worker.
template<typename Condition>
bool runUntil(Condition condition)
{
    bool isLate = false;
    QTimer watchdog;
    watchdog.callOnTimeout([&isLate] { isLate = true; });
    watchdog.start(5'000);
    while (!condition() && !isLate)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return !isLate;
}

} // namespace gatehouse::test
