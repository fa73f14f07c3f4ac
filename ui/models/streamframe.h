// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <vector>

namespace gatehouse::ui {

/// An event of a stream of server-sent events, or a line of a stream of JSON lines.
struct StreamFrame
{
    qint64 index = 0; ///< from 0, in the order of arrival
    qint64 at = -1;   ///< microseconds after the exchange began; -1: not known, of an import
    qint64 gap = -1;  ///< microseconds since the frame before; -1: not known
    qint64 size = 0;  ///< bytes in the body, with field names and line ends
    qint64 offset = 0;
    QString event; ///< empty: "message" (HTML standard, server-sent events)
    QString id;
    qint64 retryMs = -1;  ///< -1: not said
    QString comment;      ///< of what is no event: ": keep-alive"
    QString data;         ///< at most 4 KiB
    qint64 dataBytes = 0; ///< of all of it

    [[nodiscard]] bool isDataCut() const;
    /// The first line of the data, or the comment; at most 512 characters.
    [[nodiscard]] QString firstLine() const;
    /// "tick", "message", "comment", "retry 3 s".
    [[nodiscard]] QString kind(bool isEvents) const;
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static StreamFrame from(const QJsonObject &json);
};

/// An answer of Op::ExchangeFrames.
struct FramePage
{
    quint64 seq = 0;
    bool isOpen = false;
    bool isEvents = true; ///< server-sent events; else lines
    qint64 total = 0;     ///< frames that were kept
    bool isCut = false;   ///< the cap of the record was reached: later ones were not kept
    qint64 next = -1;     ///< `after` to go on with; -1: that is all for now
    std::vector<StreamFrame> frames;

    [[nodiscard]] static FramePage from(const QJsonObject &json);
};

/// The data of one server-sent event out of its bytes: what follows `data:`, line by line.
[[nodiscard]] QByteArray eventData(const QByteArray &raw);

} // namespace gatehouse::ui
