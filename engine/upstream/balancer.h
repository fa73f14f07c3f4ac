// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"
#include "engine/upstream/instance.h"

#include <memory>
#include <span>

namespace gatehouse::upstream {

/// Chooses the instance for a request, among those that are available. One for each service and
/// worker.
class Balancer
{
public:
    virtual ~Balancer();
    /// nullptr if none is available. \a now is for their health.
    virtual Instance *pick(std::span<const std::unique_ptr<Instance>> instances,
                           const Exchange &exchange, SteadyTime now) = 0;
    /// Why an instance was picked, in a word, for the trace.
    [[nodiscard]] virtual std::string_view name() const = 0;
};

/// round_robin (weighted and smooth: the shares of 5:1 are spread, not bunched), random (by weight)
/// or least_request. nullptr for another name.
[[nodiscard]] std::unique_ptr<Balancer> makeBalancer(std::string_view name);

} // namespace gatehouse::upstream
