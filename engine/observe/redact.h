// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <string>
#include <string_view>

namespace gatehouse::observe {

/// Appends \a query with the values of parameters that carry credentials (token, key, password,
/// secret, signature, code ...) as "***".
void appendRedactedQuery(std::string &to, std::string_view query);

/// Whether the field \a name carries credentials: Authorization, Cookie, X-Api-Key ...
[[nodiscard]] bool isSecretField(std::string_view name);
/// \a value as it may be shown: credentials and what looks like a token (three parts of base64url)
/// as "***", with the scheme ("Bearer ***") or the names of cookies left.
[[nodiscard]] std::string redactedField(std::string_view name, std::string_view value);
/// \a body as it may be exported: values of JSON members and form fields that carry credentials as
/// "***". Others are returned as they are.
[[nodiscard]] QByteArray redactedBody(std::string_view contentType, const QByteArray &body);

} // namespace gatehouse::observe
