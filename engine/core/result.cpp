// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/result.h"

namespace gatehouse {

struct Error::Detail : QSharedData
{
    QString message;
    QString path;
    QString cause;
    QString name;
    Context context;
};

Error::Error(ErrorCode code, QString message) : m_code(code), m_detail(new Detail)
{
    m_detail->message = std::move(message);
}

Error::Error(const Error &) = default;
Error::Error(Error &&) noexcept = default;
Error &Error::operator=(const Error &) = default;
Error &Error::operator=(Error &&) noexcept = default;
Error::~Error() = default;

const QString &Error::message() const
{
    return m_detail->message;
}

const QString &Error::path() const
{
    return m_detail->path;
}

const QString &Error::cause() const
{
    return m_detail->cause;
}

const Error::Context &Error::context() const
{
    return m_detail->context;
}

QString Error::text() const
{
    return path().isEmpty() ? message() : path() + ": " + message();
}

Error Error::at(const QString &key) const
{
    Error error = *this;
    error.m_detail->path = path().isEmpty() ? key : key + '.' + path();
    return error;
}

Error Error::causedBy(const QString &cause) const
{
    Error error = *this;
    error.m_detail->cause = this->cause().isEmpty() ? cause : cause + ": " + this->cause();
    return error;
}

Error Error::with(const QString &name, const QString &value) const
{
    Error error = *this;
    error.m_detail->context.emplace_back(name, value);
    return error;
}

Error Error::named(const QString &name) const
{
    Error error = *this;
    error.m_detail->name = name;
    return error;
}

bool Error::hasOwnName() const
{
    return !m_detail->name.isEmpty();
}

QString Error::name() const
{
    if (hasOwnName())
        return m_detail->name;
    const std::string_view name = errorName(m_code);
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

std::unexpected<Error> fail(ErrorCode code, QString message)
{
    return std::unexpected(Error(code, std::move(message)));
}

std::unexpected<Error> fail(ErrorCode code, QString message, int systemError)
{
    return std::unexpected(Error(code, std::move(message)).causedBy(qt_error_string(systemError)));
}

} // namespace gatehouse
