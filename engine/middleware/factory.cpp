// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/factory.h"

#include "engine/middleware/builtins.h"
#include "engine/middleware/order.h"

namespace gatehouse::middleware {

MiddlewareFactory::~MiddlewareFactory() = default;

Factories builtinFactories()
{
    Factories factories;
    std::vector<std::unique_ptr<const MiddlewareFactory>> all;
    std::vector<std::unique_ptr<const AuthFactory>> single = singleAuthFactories();
    for (std::unique_ptr<const AuthFactory> &factory : single)
        all.push_back(std::move(factory));
    all.push_back(makeAccessLogFactory());
    all.push_back(makeAllOfFactory());
    all.push_back(makeAnyOfFactory());
    all.push_back(makeBodyLimitFactory());
    all.push_back(makeCacheFactory());
    all.push_back(makeCookieFactory());
    all.push_back(makeCorsFactory());
    all.push_back(makeCsrfFactory());
    all.push_back(makeEchoFactory());
    all.push_back(makeEventsFactory());
    all.push_back(makeFaultFactory());
    all.push_back(makeHeadersFactory());
    all.push_back(makeIdempotencyFactory());
    all.push_back(makeIpFilterFactory());
    all.push_back(makeRateLimitFactory());
    all.push_back(makeRecoveryFactory());
    all.push_back(makeRedirectFactory());
    all.push_back(makeReplayGuardFactory());
    all.push_back(makeRequestIdFactory());
    all.push_back(makeRequireFactory());
    all.push_back(makeRespondFactory());
    all.push_back(makeRewriteFactory());
    all.push_back(makeSecurityHeadersFactory());
    all.push_back(makeSignUpstreamFactory());
    all.push_back(makeTimeoutFactory());
    all.push_back(makeTimingFactory());
    all.push_back(makeVerifySignatureFactory());
    for (std::unique_ptr<const MiddlewareFactory> &factory : all) {
        const Result<void> added = factories.add(std::move(factory));
        Q_ASSERT(added);
        Q_UNUSED(added)
    }
    return factories;
}

std::vector<std::string> defaultPipeline()
{
    std::vector<std::string> kinds;
    for (const order::Entry &entry : order::all()) {
        if (entry.isDefault)
            kinds.emplace_back(entry.kind);
    }
    return kinds;
}

std::string resolvePath(const std::string &folder, const std::string &path)
{
    if (path.starts_with('/') || path == "-" || folder.empty())
        return path;
    return folder + '/' + path;
}

} // namespace gatehouse::middleware
