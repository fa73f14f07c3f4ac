// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/middleware.h"
#include "engine/upstream/service.h"

namespace gatehouse::upstream {

/// Forwards an exchange to an instance of a service and streams its answer back.
class ProxyHandler final : public Handler
{
public:
    explicit ProxyHandler(std::shared_ptr<Service> service) : m_service(std::move(service)) {}

    Task<Response> handle(Exchange &exchange) const override;

private:
    Task<Result<Response>> forward(Exchange &exchange) const;
    Task<Result<Response>> sendOnce(Exchange &exchange) const;
    [[nodiscard]] std::string_view whyRetry(const Exchange &exchange,
                                            const Result<Response> &response) const;
    Task<Result<Response>> attempt(Exchange &exchange, Instance &instance, bool mayReuse,
                                   bool &mayRepeat) const;
    Task<Result<std::unique_ptr<Connection>>> connectionTo(Exchange &exchange, Instance &instance,
                                                           bool mayReuse) const;

    std::shared_ptr<Service> m_service;
};

} // namespace gatehouse::upstream
