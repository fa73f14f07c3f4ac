// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/middleware/authfactory.h"

namespace gatehouse::middleware {

using FactoryPtr = std::unique_ptr<const MiddlewareFactory>;

[[nodiscard]] FactoryPtr makeAccessLogFactory();
[[nodiscard]] FactoryPtr makeAllOfFactory();
[[nodiscard]] FactoryPtr makeAnyOfFactory();
[[nodiscard]] std::unique_ptr<const AuthFactory> makeApiKeyFactory();
[[nodiscard]] std::unique_ptr<const AuthFactory> makeBasicFactory();
[[nodiscard]] FactoryPtr makeBodyLimitFactory();
[[nodiscard]] FactoryPtr makeCacheFactory();
[[nodiscard]] FactoryPtr makeCookieFactory();
[[nodiscard]] FactoryPtr makeCorsFactory();
[[nodiscard]] FactoryPtr makeCsrfFactory();
[[nodiscard]] FactoryPtr makeEchoFactory();
[[nodiscard]] FactoryPtr makeEventsFactory();
[[nodiscard]] FactoryPtr makeFaultFactory();
[[nodiscard]] std::unique_ptr<const AuthFactory> makeForwardAuthFactory();
[[nodiscard]] FactoryPtr makeHeadersFactory();
[[nodiscard]] FactoryPtr makeIdempotencyFactory();
[[nodiscard]] FactoryPtr makeIpFilterFactory();
[[nodiscard]] std::unique_ptr<const AuthFactory> makeJwtFactory();
[[nodiscard]] std::unique_ptr<const AuthFactory> makeMtlsFactory();
[[nodiscard]] FactoryPtr makeRateLimitFactory();
[[nodiscard]] FactoryPtr makeRecoveryFactory();
[[nodiscard]] FactoryPtr makeRedirectFactory();
[[nodiscard]] FactoryPtr makeReplayGuardFactory();
[[nodiscard]] FactoryPtr makeRequestIdFactory();
[[nodiscard]] FactoryPtr makeRequireFactory();
[[nodiscard]] FactoryPtr makeRespondFactory();
[[nodiscard]] FactoryPtr makeRewriteFactory();
[[nodiscard]] FactoryPtr makeSecurityHeadersFactory();
[[nodiscard]] FactoryPtr makeSignUpstreamFactory();
[[nodiscard]] FactoryPtr makeTimeoutFactory();
[[nodiscard]] FactoryPtr makeTimingFactory();
[[nodiscard]] FactoryPtr makeVerifySignatureFactory();

} // namespace gatehouse::middleware
