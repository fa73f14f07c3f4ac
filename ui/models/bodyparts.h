// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace gatehouse::ui {

/// One part of a multipart message.
struct BodyPart
{
    std::vector<std::pair<QString, QString>> headers;
    QByteArray content;
    QString name; ///< of its Content-Disposition
};

/// Names and values of a form (WHATWG URL, section 5.1), at most \a most.
[[nodiscard]] std::vector<std::pair<QString, QString>> formFields(const QByteArray &body, int most);
/// The parts of \a body (RFC 2046, section 5.1), at most \a most; none if \a contentType names no
/// boundary. Parts without their end are kept: bodies may be cut.
[[nodiscard]] std::vector<BodyPart> multipartParts(const QByteArray &body,
                                                   const QString &contentType, int most);

} // namespace gatehouse::ui
