// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/operation.h"
#include "engine/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QObject>

#include <functional>

namespace gatehouse::client {

using Parameters = QMap<QString, QString>;

/// A running engine, as the workbench and the command line see it. Calls return at once; the answer
/// comes through the event loop, or never if its context has gone by then.
class AdminApi : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(const Result<QJsonObject> &answer)>;
    using BytesCallback = std::function<void(const Result<QByteArray> &answer)>;

    using QObject::QObject;
    ~AdminApi() override;

    /// Calls \a done on the thread of \a context with the JSON answer. Errors: what the engine says
    /// (its code and detail), Unavailable if it cannot be reached, Timeout, Unauthorized for a
    /// wrong token.
    virtual void call(Op op, const Parameters &parameters, const QJsonObject &body,
                      QObject *context, Callback done) = 0;
    /// The same for operations whose answer is no JSON object: a body, a file.
    virtual void fetch(Op op, const Parameters &parameters, QObject *context,
                       BytesCallback done) = 0;

    void call(Op op, QObject *context, Callback done)
    {
        call(op, {}, {}, context, std::move(done));
    }
    void call(Op op, const Parameters &parameters, QObject *context, Callback done)
    {
        call(op, parameters, {}, context, std::move(done));
    }
};

} // namespace gatehouse::client
