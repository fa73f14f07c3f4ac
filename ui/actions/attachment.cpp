// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/attachment.h"

#include <QFile>
#include <QHostAddress>

namespace gatehouse::ui {

namespace {

constexpr qint64 mostTokenBytes = 4096;

Result<QByteArray> readToken(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("token file %1: %2").arg(path, file.errorString()));
    const QByteArray token = file.read(mostTokenBytes + 1).trimmed();
    if (token.isEmpty() || token.size() > mostTokenBytes || token.contains('\n'))
        return fail(ErrorCode::BadRequest,
                    QStringLiteral("token file %1: must hold one line of at most %2 bytes")
                        .arg(path)
                        .arg(mostTokenBytes));
    return token;
}

} // namespace

Result<Attachment> Attachment::from(const QString &address, const QString &tokenFile)
{
    QString text = address.trimmed();
    if (!text.contains(QStringLiteral("://")))
        text.prepend(QStringLiteral("http://"));
    Attachment attachment{QUrl(text, QUrl::StrictMode), {}};
    const QString scheme = attachment.url.scheme();
    const bool isHttp = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    if (!attachment.url.isValid() || !isHttp || attachment.url.host().isEmpty()
        || attachment.url.port() <= 0)
        return fail(ErrorCode::BadRequest,
                    QStringLiteral("address %1: must be host and port of an admin listener, such "
                                   "as localhost:9901")
                        .arg(address.left(200)));
    if (tokenFile.isEmpty())
        return attachment;
    auto token = readToken(tokenFile);
    if (!token)
        return std::unexpected(token.error());
    attachment.token = *token;
    return attachment;
}

bool Attachment::isLocal() const
{
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

} // namespace gatehouse::ui
