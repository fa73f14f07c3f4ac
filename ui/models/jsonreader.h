// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/jsonscan.h"

namespace gatehouse::ui {

/// A place in a JSON text that moves forward, for JsonScan. Reads 64 KiB at a time.
class JsonReader
{
public:
    JsonReader(const JsonScan &scan, qint64 at);

    [[nodiscard]] qint64 at() const { return m_at; }
    /// The byte here; -1 at the end.
    [[nodiscard]] int peek();
    void step() { ++m_at; }
    void skipSpace();
    /// The value that begins here, and moves behind it. Broken if none does.
    [[nodiscard]] JsonValue value();
    /// A string without its quotes, cut after \a most bytes; nothing if there is none.
    [[nodiscard]] std::optional<QByteArray> string(qint64 most);

private:
    [[nodiscard]] bool skipString();
    [[nodiscard]] bool skipContainer();
    void skipWord();
    [[nodiscard]] bool jump();

    const JsonScan &m_scan;
    QByteArray m_block;
    qint64 m_blockAt = 0;
    qint64 m_at = 0;
};

} // namespace gatehouse::ui
