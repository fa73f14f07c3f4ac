// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/streamend.h"

#include "engine/filter/names.h"
#include "ui/models/units.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace gatehouse::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("gatehouse::ui::FramesTab", text);
}

bool hasFlag(const client::ExchangeDetail &detail, filter::Flag flag)
{
    return detail.summary["flags"].toArray().contains(QJsonValue(filter::flagName(flag)));
}

QString whoEnded(const client::ExchangeDetail &detail)
{
    const QString error = detail.summary["error"].toString();
    if (error == QLatin1String("client_closed"))
        return tr("The client closed the stream before its end.");
    if (error.startsWith(QLatin1String("upstream_")))
        return tr("The upstream broke the stream off: its answer was not complete.");
    if (error == QLatin1String("timeout"))
        return tr("The gateway ended the stream: a deadline passed.");
    if (!error.isEmpty())
        return tr("The gateway ended the stream: %1.").arg(QString(error).replace(u'_', u' '));
    if (hasFlag(detail, filter::Flag::Aborted))
        return tr("The client left, or the stream was cut short on the way to it.");
    return tr("The upstream ended the stream, and the gateway passed its end on.");
}

} // namespace

bool isOpen(const client::ExchangeDetail &detail)
{
    return hasFlag(detail, filter::Flag::Open);
}

QString streamEnd(const client::ExchangeDetail &detail)
{
    if (isOpen(detail))
        return {};
    QStringList sentences{
        whoEnded(detail),
        tr("It was open for %1.").arg(durationQuantity(detail.durationUs * 1000).text())};
    // Of a client that left there is nothing more to know.
    if (detail.summary["error"].toString() == QLatin1String("client_closed"))
        return sentences.join(u' ');
    for (const client::Step &step : detail.steps) {
        if (step.stage == QLatin1String("adapter.cancel") && !step.sentence.isEmpty())
            sentences << tr("Noted at the end: %1.").arg(step.sentence);
    }
    if (!detail.advice.isEmpty())
        sentences << detail.advice;
    return sentences.join(u' ');
}

} // namespace gatehouse::ui
