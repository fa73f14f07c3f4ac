// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/net/eitherloop.h"

#include <QThread>

#include <functional>

namespace gatehouse::test {

/// A worker thread that runs the loop under test.
class Worker final : public QThread
{
public:
    Worker()
    {
        if (isOurLoop())
            setEventDispatcher(new net::EventDispatcher);
        start();
        context.moveToThread(this);
    }
    ~Worker() override
    {
        quit();
        if (!wait(5'000))
            qFatal("the worker does not end");
    }
    void post(std::function<void()> action)
    {
        QMetaObject::invokeMethod(&context, std::move(action), Qt::QueuedConnection);
    }

    QObject context;
};

} // namespace gatehouse::test
