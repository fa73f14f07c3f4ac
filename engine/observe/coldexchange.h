// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/coldsource.h"
#include "engine/observe/capturedbodies.h"
#include "engine/observe/rawexchange.h"

#include <QByteArray>

#include <functional>

namespace gatehouse::observe {

/// What a filter asks of an exchange beyond its record, read when it asks.
class ColdExchange final : public filter::ColdSource
{
public:
    using Body = std::function<QByteArray(Side side)>;

    /// \a raw outlives it, and is empty if it could not be read: nothing is known then.
    ColdExchange(const RawExchange &raw, QString note, Body body);

    [[nodiscard]] std::optional<QByteArray> header(Message message,
                                                   const QByteArray &name) const override;
    [[nodiscard]] QByteArrayList headerNames(Message message) const override;
    [[nodiscard]] std::optional<QByteArray> body(Message message) const override;
    /// The data of each frame of a stream.
    [[nodiscard]] QByteArrayList frames() const override;
    [[nodiscard]] QByteArrayList stages() const override;
    [[nodiscard]] QByteArray note() const override { return m_note.toUtf8(); }

private:
    const RawExchange &m_raw;
    QString m_note;
    Body m_body;
};

/// One line of a recorded head.
struct HeadLine
{
    std::string_view name;
    std::string_view value;
};
/// The field lines of \a head, without its first line. Views into it.
[[nodiscard]] std::vector<HeadLine> linesOf(std::string_view head);
/// "GET /a HTTP/1.1".
[[nodiscard]] std::string_view startLineOf(std::string_view head);

} // namespace gatehouse::observe
