// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"
#include "ui/widgets/pathdata.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyGlyphFillsItsSquareAndIsNotClipped_data();
    void everyGlyphFillsItsSquareAndIsNotClipped();
    void glyphsDifferFromEachOther();
    void anIconFollowsTheThemeWithoutBeingMadeAgain();
    void badPathDataIsRefused_data();
    void badPathDataIsRefused();
    void everyDecisionHasItsGlyph();
};

namespace {

QImage drawn(Glyph glyph, int size, int ratio, int margin)
{
    QImage image(QSize(size + 2 * margin, size + 2 * margin) * ratio,
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintGlyph(painter, QRectF(margin, margin, size, size), glyph, Qt::black);
    return image;
}

} // namespace

void TstIcons::everyGlyphFillsItsSquareAndIsNotClipped_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("ratio");
    for (const int size : {16, 20, 24}) {
        for (const int ratio : {1, 2})
            QTest::addRow("%d px %dx", size, ratio) << size << ratio;
    }
}

void TstIcons::everyGlyphFillsItsSquareAndIsNotClipped()
{
    QFETCH(int, size);
    QFETCH(int, ratio);
    constexpr int margin = 4;
    for (int i = 0; i < glyphCount; ++i) {
        const QImage image = drawn(Glyph(i), size, ratio, margin);
        const QRect inside(margin * ratio, margin * ratio, size * ratio, size * ratio);
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const int alpha = qAlpha(image.pixel(x, y));
                inked += alpha > 128;
                if (alpha > 40 && !inside.contains(x, y))
                    QFAIL(qPrintable(QString("glyph %1 is clipped at %2,%3").arg(i).arg(x).arg(y)));
            }
        }
        // "More" is three dots; everything else has lines of some length.
        QVERIFY2(inked >= 3 * ratio, qPrintable(QString("glyph %1 is empty").arg(i)));
    }
}

void TstIcons::glyphsDifferFromEachOther()
{
    for (int i = 0; i < glyphCount; ++i) {
        for (int j = i + 1; j < glyphCount; ++j) {
            QVERIFY2(glyphPath(Glyph(i)) != glyphPath(Glyph(j)),
                     qPrintable(QString("%1 and %2 look alike").arg(i).arg(j)));
        }
    }
}

void TstIcons::anIconFollowsTheThemeWithoutBeingMadeAgain()
{
    const QIcon stop = icon(Glyph::Stop);
    Theme::setCurrent(Theme::Kind::Light);
    const QImage light = stop.pixmap(24, 24).toImage();
    Theme::setCurrent(Theme::Kind::Dark);
    const QImage dark = stop.pixmap(24, 24).toImage();
    Theme::setCurrent(Theme::Kind::Light);
    QVERIFY(light != dark);
}

void TstIcons::badPathDataIsRefused_data()
{
    QTest::addColumn<QString>("data");
    QTest::newRow("unknown command") << "M 1 1 H 3";
    QTest::newRow("relative") << "M 1 1 l 3 3";
    QTest::newRow("too few numbers") << "M 1 1 L 3";
    QTest::newRow("no number") << "M 1 x";
    QTest::newRow("does not begin with M") << "L 1 1";
    QTest::newRow("turned ellipse") << "M 1 1 A 2 2 45 0 1 3 3";
    QTest::newRow("no radius") << "M 1 1 A 0 2 0 0 1 3 3";
    QTest::newRow("not finite") << "M 1 nan";
}

void TstIcons::badPathDataIsRefused()
{
    QFETCH(QString, data);
    QVERIFY(!pathFromData(data));
}

void TstIcons::everyDecisionHasItsGlyph()
{
    QCOMPARE(decisionGlyph(filter::Decision::Open), Glyph::Waiting);
    QCOMPARE(decisionGlyph(filter::Decision::Limited), Glyph::Limited);
    QCOMPARE(decisionGlyph(filter::Decision::Failed), Glyph::Failed);
}

QTEST_MAIN(TstIcons)
#include "tst_icons.moc"
