// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/config/schema.h"
#include "engine/core/backgroundjobs.h"
#include "engine/core/registry.h"
#include "engine/http/middleware.h"
#include "engine/limits/book.h"
#include "engine/state/redisstore.h"

#include <functional>

namespace gatehouse::auth {
class SharedAuth;
}

namespace gatehouse::middleware {

/// What the middlewares of a worker share with each other, with the other workers and with the
/// admin API, beyond the configuration.
struct Services
{
    /// Of this worker. A middleware keeps the pointer; it outlives every chain.
    std::shared_ptr<state::StateStore> store;
    /// The same store if it is Redis, for policies with scripts of their own; nullptr if not.
    std::shared_ptr<state::RedisStore> redis;
    std::shared_ptr<limits::Book> limits;
    qint64 maxKeys = 1'000'000; ///< of one local limit
    /// Of this worker: what a request leaves behind for when its answer is on its way.
    std::shared_ptr<BackgroundJobs> background;
    /// Whether a policy lets pass when the store cannot answer, unless its settings say otherwise.
    bool isAllowedOnError = true;
    /// A handler that sends an exchange to a service, or nullptr if there is no such service.
    std::function<std::unique_ptr<const Handler>(const std::string &service)> handlerOf;
    /// Keys behind URLs and books of API keys, of all workers. Null while a configuration is only
    /// checked: then nothing is fetched, and nothing is kept.
    auth::SharedAuth *auth = nullptr;
};

/// What a factory may need beside its settings.
struct BuildContext
{
    std::string folder; ///< relative paths in settings start here: the main file's folder
    bool isDevelopment = false;
    std::string routeId; ///< the route whose chain is being built; empty for the pipeline
    std::string environment;
    /// Tells this middleware from every other of the gateway, and stays the same over reloads:
    /// "orders/rate_limit", "orders/rate_limit-2", "pipeline/cors".
    std::string id;
    /// How trace and metrics call this middleware: "middleware.rate_limit". One that waits marks
    /// its own stage with it; Hooks leave that to the chain.
    std::string name;
    /// Never null while a gateway is being built or checked. Not kept beyond create().
    const Services *services = nullptr;
};

/// Makes one kind of middleware. Registered once; its products are built for each pipeline, route
/// and worker, and never change.
class MiddlewareFactory
{
public:
    virtual ~MiddlewareFactory();

    /// What `use:` says: "rate_limit".
    [[nodiscard]] virtual std::string_view kind() const = 0;
    /// The settings: their validation, defaults, documentation and forms.
    [[nodiscard]] virtual config::Schema schema() const = 0;
    /// \a settings have passed schema() and hold its defaults. InvalidConfig with the key as path
    /// for what a schema cannot see: a file that is missing, a combination that makes no sense.
    virtual Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                             const BuildContext &context) const = 0;
    /// Answers every request itself, so that a route with it needs no service.
    [[nodiscard]] virtual bool answers() const { return false; }
};

using Factories = Registry<MiddlewareFactory>;

/// All built-in kinds.
[[nodiscard]] Factories builtinFactories();

/// The pipeline when the configuration has none, outermost first; order.h has the reasons.
[[nodiscard]] std::vector<std::string> defaultPipeline();

/// \a path, from \a folder on if it is relative.
[[nodiscard]] std::string resolvePath(const std::string &folder, const std::string &path);

} // namespace gatehouse::middleware
