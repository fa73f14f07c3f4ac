// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/engineready.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::ui {

namespace {

QString webAddress(const QString &address)
{
    return address.contains(QStringLiteral("://")) ? address : QStringLiteral("http://") + address;
}

// By name. The upstream that the demo brings along is no way into the gateway.
QStringList listenersOf(const QJsonObject &json)
{
    QStringList out;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() != QLatin1String("demo-upstream"))
            out << webAddress(it.value().toString());
    }
    return out;
}

} // namespace

Result<EngineReady> EngineReady::from(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    if (!json["ready"].toBool())
        return fail(ErrorCode::BadRequest,
                    QStringLiteral("the engine said \"%1\" instead of the line that it is ready")
                        .arg(QString::fromUtf8(line.left(200)).simplified()));
    EngineReady ready;
    ready.pid = json["pid"].toInteger();
    ready.apiVersion = json["api_version"].isDouble() ? QString::number(json["api_version"].toInt())
                                                      : json["api_version"].toString();
    ready.admin = QUrl(webAddress(json["admin"].toString()));
    ready.tokenFile = json["token_file"].toString();
    ready.file = json["file"].toString();
    ready.listeners = listenersOf(json["listeners"].toObject());
    const QString major = QString(ready.apiVersion).remove(QLatin1Char('v')).section('.', 0, 0);
    if (major.toInt() != apiMajor)
        return fail(ErrorCode::VersionNotSupported,
                    QStringLiteral("the engine speaks version %1 of the admin API, this window "
                                   "version %2: use programs of one release")
                        .arg(ready.apiVersion.isEmpty() ? QStringLiteral("0") : ready.apiVersion)
                        .arg(apiMajor));
    if (!ready.admin.isValid() || ready.admin.port() <= 0)
        return fail(ErrorCode::BadRequest, QStringLiteral("the engine names no admin address"));
    return ready;
}

} // namespace gatehouse::ui
