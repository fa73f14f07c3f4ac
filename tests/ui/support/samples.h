// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"
#include "tests/ui/support/fakeadminapi.h"

namespace gatehouse::test {

/// A request that a limit denied, with near misses.
[[nodiscard]] client::ExchangeDetail limitedExchange();
/// One that an upstream answered after a wait for a key, with changed headers and a JSON body.
[[nodiscard]] client::ExchangeDetail passedExchange();
/// The same as the engine tells them.
[[nodiscard]] QJsonObject limitedJson();
[[nodiscard]] QJsonObject passedJson();
/// A stream of server-sent events; under way while \a isOpen.
[[nodiscard]] client::ExchangeDetail streamExchange(bool isOpen);
/// The body that passedExchange() was answered with.
[[nodiscard]] QByteArray passedBody();
/// Answers Op::ExchangeBody with passedBody().
void serveBodies(FakeAdminApi &api);
/// Answers Op::ExchangeFrames with the events of a stream that is open: 60, with one stall.
void serveFrames(FakeAdminApi &api);

} // namespace gatehouse::test
