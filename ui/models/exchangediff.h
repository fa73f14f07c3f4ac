// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"

#include <QJsonValue>

namespace gatehouse::ui {

/// What differs between two exchanges, or two bodies.
struct DiffRow
{
    QString name;   ///< "decision", "x-request-id", "/items/0/sku"
    QString before; ///< empty: it was not there
    QString after;
};

struct ExchangeDiff
{
    std::vector<DiffRow> outcome; ///< decision, status, route, limit, upstream, revision
    std::vector<DiffRow> timing;  ///< whole, and each stage that both or one have
    std::vector<DiffRow> request; ///< headers
    std::vector<DiffRow> response;
};

[[nodiscard]] ExchangeDiff compare(const client::ExchangeDetail &before,
                                   const client::ExchangeDetail &after);
/// By structure, with JSON pointers; at most \a most.
[[nodiscard]] std::vector<DiffRow> compareJson(const QJsonValue &before, const QJsonValue &after,
                                               int most);
/// JSON by structure, other text line by line, all else by size. Empty if the
/// bodies are the same.
[[nodiscard]] std::vector<DiffRow> compareBodies(const QByteArray &before, const QByteArray &after,
                                                 int most);

} // namespace gatehouse::ui
