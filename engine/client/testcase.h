// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"
#include "engine/client/sender.h"

#include <QStringList>

namespace gatehouse::client {

/// A request, what upstreams shall answer to it, and what must come of it. `gatehouse test` runs
/// files of them; the workbench makes them from recorded exchanges.
struct TestCase
{
    struct Upstream
    {
        int status = 200;
        HeaderList headers;
        QByteArray body;
        int delayMs = 0;
    };

    QString name;
    QByteArray method = "GET";
    QString target = "/"; ///< path and query
    HeaderList headers;
    QByteArray body;
    /// What the service answers, attempt by attempt; the last one stays. Empty: no upstream may be
    /// asked.
    std::vector<Upstream> upstream;
    /// Filters that the resulting exchange must match: "status:401", "decision:limited".
    QStringList expect;
    /// How often it is sent; `expect` is about the last time.
    int repeat = 1;
};

/// A test file as YAML. Credentials in headers become variables: "${AUTHORIZATION}".
[[nodiscard]] QByteArray toYaml(const std::vector<TestCase> &cases);

/// A test that passes now: the request, stubbed answers, and assertions about what the gateway did.
/// \a requestBody and \a answerBody are what was kept of them.
[[nodiscard]] TestCase testFrom(const ExchangeDetail &detail, const QByteArray &requestBody,
                                const QByteArray &answerBody);
/// Assertions that hold for \a detail, the telling ones first.
[[nodiscard]] QStringList suggestedExpectations(const ExchangeDetail &detail);

} // namespace gatehouse::client
