// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// The text in force, its generation, and what the file says if that is something else.
[[nodiscard]] Answer showConfig(const gateway::Gateway &gateway);
/// {text}: every finding, with its place.
[[nodiscard]] Answer checkConfig(const gateway::Gateway &gateway, const QJsonObject &body);
/// {text, base}: what text changes, compared with the revision base (else the one in force).
[[nodiscard]] Answer diffConfig(const gateway::Gateway &gateway, const QJsonObject &body);
/// {text, expected_generation, author, comment}. 409 carries both versions, 422 the findings.
[[nodiscard]] Answer applyConfig(gateway::Gateway &gateway, const QJsonObject &body);
[[nodiscard]] Answer listRevisions(const gateway::Gateway &gateway);
[[nodiscard]] Answer showRevision(const gateway::Gateway &gateway, quint64 generation);
/// {generation, expected_generation}.
[[nodiscard]] Answer rollBack(gateway::Gateway &gateway, const QJsonObject &body);
[[nodiscard]] Answer showSchema(const gateway::Gateway &gateway);
/// {method, url, headers, config}: headers are [[name, value], ...].
[[nodiscard]] Answer explainRequest(const gateway::Gateway &gateway, const QJsonObject &body);

} // namespace gatehouse::admin
