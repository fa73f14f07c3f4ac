// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitfacts.h"

#include "ui/models/units.h"

#include <QCoreApplication>

namespace gatehouse::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LimitFacts", text);
}

} // namespace

std::vector<std::pair<QString, QString>> limitFacts(const LimitInfo &limit, const LimitKeyInfo &key)
{
    std::vector<std::pair<QString, QString>> facts{
        {tr("Limit"), limit.name},
        {tr("Key"), key.key},
        {tr("Counted by"), limit.key},
        {tr("Rule"), limit.rule()},
        {tr("Algorithm"), limitAlgorithmWords(limit.algorithm)},
        {tr("Left"),
         tr("%1 of %2").arg(groupedNumber(key.remaining), groupedNumber(limit.capacity))},
    };
    if (key.windows) {
        facts.emplace_back(tr("In this window"), groupedNumber(key.windows->current));
        facts.emplace_back(tr("In the one before"), groupedNumber(key.windows->previous));
        facts.emplace_back(
            tr("Of this window has passed"),
            tr("%1 of %2")
                .arg(secondsText(key.windows->elapsedSeconds), secondsWords(limit.windowSeconds)));
    }
    if (key.isBlocked)
        facts.emplace_back(key.isByHand ? tr("Blocked by hand for") : tr("Blocked for"),
                           secondsText(key.blockedSeconds));
    facts.emplace_back(tr("As new in"), secondsText(key.resetSeconds));
    facts.emplace_back(tr("Its clock"), limit.clock.sentence());
    return facts;
}

} // namespace gatehouse::ui
