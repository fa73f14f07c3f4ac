// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/textsource.h"

#include <QByteArrayView>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace gatehouse::ui {

enum class JsonKind { Object, Array, String, Number, Literal, Broken };

/// A value in a JSON text by its bytes.
struct JsonValue
{
    qint64 begin = 0;
    qint64 end = 0; ///< behind its last byte
    JsonKind kind = JsonKind::Broken;
    QByteArray key; ///< as it stands in the text, without quotes; of members only, at most 1 KiB
    bool hasKey = false;
    qint64 index = 0; ///< within its array or object
};

/// Finds values in a JSON text without keeping them: values of 64 KiB and more are noted once with
/// their ends, everything smaller is skipped by reading it. So the tree of a text of any size takes
/// next to no memory, and opening a node reads only what it shows.
class JsonScan
{
public:
    static constexpr qint64 largeBytes = 64 * 1024;
    static constexpr int mostLevels = 100'000;

    explicit JsonScan(TextSourcePtr source);

    /// Notes the large values; reads the whole text once. \a progress gets the bytes read, and ends
    /// the work by false. Worker thread.
    void prepare(const std::function<bool(qint64)> &progress);

    /// The value at the top; nothing if the text holds none.
    [[nodiscard]] std::optional<JsonValue> root() const;
    /// Up to \a most children of \a parent that follow \a last (nothing: from the first). Fewer
    /// mean that there are no more. What is broken ends the list with a value of kind Broken.
    [[nodiscard]] std::vector<JsonValue>
    children(const JsonValue &parent, const std::optional<JsonValue> &last, int most) const;
    /// At most \a most bytes of \a value, as they stand in the text.
    [[nodiscard]] QByteArray text(const JsonValue &value, qint64 most) const;
    [[nodiscard]] const TextSourcePtr &source() const { return m_source; }

private:
    TextSourcePtr m_source;
    std::vector<std::pair<qint64, qint64>> m_large; ///< begin and end, ascending by begin

    friend class JsonReader;
};

} // namespace gatehouse::ui
