// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/routetry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace gatehouse::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TryAnswer", text);
}

QString winnerSentence(const QJsonObject &winner)
{
    const QString route = winner["route"].toString();
    const QString service = winner["service"].toString();
    QString sentence = service.isEmpty()
        ? tr("%1 takes it and answers itself.").arg(route)
        : tr("%1 takes it and sends %2 to %3.").arg(route, winner["target"].toString(), service);
    QStringList params;
    const QJsonObject named = winner["params"].toObject();
    for (auto it = named.begin(); it != named.end(); ++it)
        params << QStringLiteral("%1 = %2").arg(it.key(), it.value().toString());
    if (!params.isEmpty())
        sentence += QLatin1Char(' ') + params.join(QStringLiteral(", "));
    return sentence;
}

} // namespace

Result<QJsonObject> tryQuestion(const QString &line)
{
    static const QRegularExpression method(QStringLiteral(R"(^([A-Za-z]+)\s+(?=\S))"));
    // A value goes on to the next word that is the name of a field.
    static const QRegularExpression field(QStringLiteral(
        R"(\s+([A-Za-z0-9!#$%&'*+.^_`|~-]+):\s+(.*?)(?=\s+[A-Za-z0-9!#$%&'*+.^_`|~-]+:\s|\s*$))"));
    QString rest = line.trimmed();
    QJsonObject question{{"method", "GET"}};
    if (const QRegularExpressionMatch match = method.match(rest); match.hasMatch()) {
        question["method"] = match.captured(1).toUpper();
        rest = rest.mid(match.capturedEnd());
    }
    const qsizetype end = rest.indexOf(QLatin1Char(' '));
    const QString url = end < 0 ? rest : rest.left(end);
    if (!url.startsWith(QLatin1Char('/')) && !url.contains(QLatin1String("://")))
        return fail(ErrorCode::BadRequest,
                    tr("Write a method, a path that begins with / and header fields: "
                       "POST /v1/orders Host: api.local"));
    question["url"] = url;
    QJsonArray headers;
    const QString fields = end < 0 ? QString() : rest.mid(end);
    qsizetype used = 0;
    for (auto it = field.globalMatch(fields); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedStart() != used)
            break;
        headers.append(QJsonArray{match.captured(1), match.captured(2)});
        used = match.capturedEnd();
    }
    if (!QStringView(fields).mid(used).trimmed().isEmpty())
        return fail(ErrorCode::BadRequest,
                    tr("\"%1\" is no header field: write Name: value")
                        .arg(QStringView(fields).mid(used).trimmed().toString()));
    question["headers"] = headers;
    return question;
}

TryAnswer TryAnswer::from(const QJsonObject &json)
{
    TryAnswer answer;
    answer.status = json["status"].toInt();
    for (const QJsonValue &miss : json["near_misses"].toArray())
        answer.why.insert(miss["route"].toString(), miss["why"].toString());
    const QJsonObject winner = json["winner"].toObject();
    const QJsonObject preflight = json["preflight"].toObject();
    if (!winner.isEmpty()) {
        answer.winner = winner["route"].toString();
        answer.sentence = winnerSentence(winner);
    } else if (!preflight.isEmpty()) {
        answer.winner = preflight["route"].toString();
        answer.sentence = tr("%1 answers the preflight of %2 with %3.")
                              .arg(answer.winner, preflight["origin"].toString())
                              .arg(preflight["status"].toInt());
    } else {
        answer.sentence = tr("No route takes it: %1.").arg(answer.status);
        if (!json["allow"].toString().isEmpty())
            answer.sentence += tr(" The path allows %1.").arg(json["allow"].toString());
    }
    return answer;
}

} // namespace gatehouse::ui
