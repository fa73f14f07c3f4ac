// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/filtertext.h"

#include "engine/filter/expression.h"

namespace gatehouse::ui {

QString joinedFilter(const QString &current, Join join, const QString &test)
{
    const auto expression = filter::Expression::parse(current);
    const bool isAlone =
        join == Join::Only || join == Join::Not || !expression || expression->isEmpty();
    const bool isNegated = join == Join::Not || join == Join::AndNot || join == Join::OrNot;
    const QString term = isNegated ? QLatin1String("-(") + test + u')' : test;
    QString text = term;
    if (!isAlone) {
        const bool isOr = join == Join::Or || join == Join::OrNot;
        text = u'(' + expression->format() + QLatin1String(isOr ? ") or " : ") ") + term;
    }
    const auto whole = filter::Expression::parse(text);
    return whole ? whole->format() : current;
}

} // namespace gatehouse::ui
