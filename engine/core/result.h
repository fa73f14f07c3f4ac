// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/errorcode.h"

#include <QSharedData>
#include <QString>

#include <expected>
#include <utility>
#include <vector>

namespace gatehouse {

/// One failure: a code for programs, a sentence for people, its cause and its context.
/// Never holds a secret. Implicitly shared, so that a Result stays small on the data path.
class Error
{
public:
    using Context = std::vector<std::pair<QString, QString>>;

    Error(ErrorCode code, QString message);
    Error(const Error &);
    Error(Error &&) noexcept;
    Error &operator=(const Error &);
    Error &operator=(Error &&) noexcept;
    ~Error();

    [[nodiscard]] ErrorCode code() const { return m_code; }
    [[nodiscard]] const QString &message() const;
    /// Where in the settings it happened: "routes[3].limit", or empty.
    [[nodiscard]] const QString &path() const;
    /// What it was caused by, in words, outermost first: "recv: Connection reset by peer".
    [[nodiscard]] const QString &cause() const;
    /// What clients know it by where a protocol has a name of its own, such as REVOKE_TOKEN_ERROR;
    /// otherwise errorName(code()).
    [[nodiscard]] QString name() const;
    /// Names and values for the log: instance, attempt, key.
    [[nodiscard]] const Context &context() const;
    /// The line for people: "routes[3].limit: must be at least 1".
    [[nodiscard]] QString text() const;

    /// The same error seen from one level up: \a key goes in front of the path.
    [[nodiscard]] Error at(const QString &key) const;
    [[nodiscard]] Error causedBy(const QString &cause) const;
    [[nodiscard]] Error with(const QString &name, const QString &value) const;
    /// The same error under a name() of its own.
    [[nodiscard]] Error named(const QString &name) const;
    [[nodiscard]] bool hasOwnName() const;

private:
    struct Detail;
    ErrorCode m_code;
    QSharedDataPointer<Detail> m_detail;
};

/// What can fail returns this; Result<void> where there is no value.
template<typename T>
using Result = std::expected<T, Error>;

/// The failed side of any Result: `return fail(ErrorCode::Timeout, "no answer in 5 s");`
[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, QString message);
/// The same, with strerror(\a systemError) as its cause.
[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, QString message, int systemError);

} // namespace gatehouse
