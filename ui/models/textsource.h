// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace gatehouse::ui {

/// Bytes that are shown in parts: memory or a range of a file. Any thread may read.
class TextSource
{
public:
    virtual ~TextSource();

    [[nodiscard]] virtual qint64 size() const = 0;
    /// The bytes from \a offset; fewer than \a length at the end, or if the file has been cut.
    [[nodiscard]] virtual QByteArray read(qint64 offset, qint64 length) const = 0;
};

using TextSourcePtr = std::shared_ptr<const TextSource>;

/// Shares \a bytes, makes no copy.
[[nodiscard]] TextSourcePtr memorySource(QByteArray bytes);
/// \a length -1: to the end. Empty if the file cannot be opened: \a error, if given, says why.
[[nodiscard]] TextSourcePtr fileSource(const QString &path, qint64 offset = 0, qint64 length = -1,
                                       QString *error = nullptr);

} // namespace gatehouse::ui
