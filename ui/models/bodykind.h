// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace gatehouse::ui {

enum class BodyKind { Empty, Json, Form, Multipart, Image, Compressed, Markup, Text, Binary };

/// What a body is, by its first bytes (WHATWG MIME Sniffing for what it knows). \a contentType
/// decides where bytes cannot: forms and multiparts look like text.
[[nodiscard]] BodyKind kindOfBytes(QByteArrayView head, const QString &contentType);
/// What a Content-Type promises; Binary where it says nothing of use.
[[nodiscard]] BodyKind kindOfType(const QString &contentType);
/// "JSON", "image", "compressed data": the noun for sentences.
[[nodiscard]] QString kindName(BodyKind kind);
/// The sentence for a body that is not what its header says; empty if it is, or if nobody can
/// tell. "The header says text/html, but the bytes are JSON."
[[nodiscard]] QString disagreement(const QString &contentType, BodyKind bytes);

} // namespace gatehouse::ui
