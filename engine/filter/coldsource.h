// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace gatehouse::filter {

/// What is known of one exchange beside its HotRecord. Asked only for what a filter needs, and at
/// most once for each thing. Bodies are the bytes that were kept, decoded if they can be.
class ColdSource
{
public:
    enum Message { Received, Sent, Got, Answered }; ///< client->, ->upstream, upstream->, ->client

    virtual ~ColdSource();
    /// The values of a header, joined by ", "; nullopt if it is not there. \a name in any case.
    [[nodiscard]] virtual std::optional<QByteArray> header(Message message,
                                                           const QByteArray &name) const = 0;
    /// Names of all headers; empty if the head was not kept.
    [[nodiscard]] virtual QByteArrayList headerNames(Message message) const = 0;
    /// Received: the request's; Answered: the answer's. nullopt if there was none.
    [[nodiscard]] virtual std::optional<QByteArray> body(Message message) const = 0;
    [[nodiscard]] virtual QByteArrayList frames() const = 0;
    /// Names of all stages that ran, also of those for which the record had no room.
    [[nodiscard]] virtual QByteArrayList stages() const = 0;
    [[nodiscard]] virtual QByteArray note() const = 0;
};

} // namespace gatehouse::filter
