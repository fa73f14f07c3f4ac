// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/type.h"

#include <QFontDatabase>

#include <algorithm>

namespace gatehouse::ui::type {

namespace {

int percentInForce = 100;
QString wordsFamily;
QString dataFamily;

QFont sized(QFont font, int pixels, QFont::Weight weight)
{
    font.setPixelSize(px(pixels));
    font.setWeight(weight);
    return font;
}

} // namespace

int scale()
{
    return percentInForce;
}

void setScale(int percent)
{
    percentInForce = std::clamp(percent, 90, 160);
}

void setFamilies(const QString &interface, const QString &fixed)
{
    wordsFamily = interface;
    dataFamily = fixed;
}

int px(int pixels)
{
    return (pixels * percentInForce + 50) / 100;
}

QFont words(int pixels, QFont::Weight weight)
{
    const QFont font = wordsFamily.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::GeneralFont)
                                             : QFont(wordsFamily);
    return sized(font, pixels, weight);
}

QFont data(int pixels, QFont::Weight weight)
{
    const QFont font = dataFamily.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                            : QFont(dataFamily);
    return sized(font, pixels, weight);
}

} // namespace gatehouse::ui::type
