// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/colormath.h"
#include "ui/settings/theme.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;
using test::contrast;

class TstTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textCanBeReadOnEveryGround_data() { kinds(); }
    void textCanBeReadOnEveryGround();
    void barsAndEdgesStandOutFromEveryGround_data() { kinds(); }
    void barsAndEdgesStandOutFromEveryGround();
    void stagesDifferForEveryKindOfSight_data() { kinds(); }
    void stagesDifferForEveryKindOfSight();
    void anInactiveSelectionStaysVisible_data() { kinds(); }
    void anInactiveSelectionStaysVisible();
    void theMeasureOfDifferenceIsTheStandardOne();
    void methodsAndStatusesHaveTheirColours();

private:
    static void kinds();
};

namespace {

constexpr Token grounds[] = {Token::Base,     Token::Panel,     Token::Chrome, Token::Hover,
                             Token::Selected, Token::Highlight, Token::Held};
constexpr Token texts[] = {Token::Text, Token::Text2,    Token::Text3, Token::Link,
                           Token::Ok,   Token::Redirect, Token::Warn,  Token::Error,
                           Token::Info, Token::Put,      Token::Patch};

QByteArray where(int a, int b, double value)
{
    return QString("token %1 on %2: %3").arg(a).arg(b).arg(value).toUtf8();
}

} // namespace

void TstTheme::kinds()
{
    QTest::addColumn<Theme::Kind>("kind");
    for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Contrast})
        QTest::newRow(qPrintable(themeName(kind))) << kind;
}

void TstTheme::textCanBeReadOnEveryGround()
{
    QFETCH(Theme::Kind, kind);
    const Theme &theme = Theme::of(kind);
    const double least = kind == Theme::Kind::Contrast ? 7.0 : 4.5;
    for (const Token text : texts) {
        for (const Token ground : grounds) {
            const double ratio = contrast(theme.color(text), theme.color(ground));
            QVERIFY2(ratio >= least, where(int(text), int(ground), ratio));
        }
    }
    QVERIFY(contrast(theme.color(Token::OnAccent), theme.color(Token::Accent)) >= least - 1);
}

void TstTheme::barsAndEdgesStandOutFromEveryGround()
{
    QFETCH(Theme::Kind, kind);
    const Theme &theme = Theme::of(kind);
    for (const Token ground : grounds) {
        for (const Token edge : {Token::LineStrong, Token::Accent}) {
            const double ratio = contrast(theme.color(edge), theme.color(ground));
            QVERIFY2(ratio >= 3, where(int(edge), int(ground), ratio));
        }
        for (int i = 0; i < filter::familyCount; ++i) {
            const double ratio = contrast(theme.stage(filter::Family(i)), theme.color(ground));
            QVERIFY2(ratio >= 3, where(100 + i, int(ground), ratio));
        }
    }
}

void TstTheme::stagesDifferForEveryKindOfSight()
{
    QFETCH(Theme::Kind, kind);
    const Theme &theme = Theme::of(kind);
    for (const auto sight :
         {test::Sight::Normal, test::Sight::Deuteranopic, test::Sight::Protanopic}) {
        for (int i = 0; i < filter::familyCount; ++i) {
            for (int j = i + 1; j < filter::familyCount; ++j) {
                const double distance =
                    test::difference(test::seen(theme.stage(filter::Family(i)), sight),
                                     test::seen(theme.stage(filter::Family(j)), sight));
                QVERIFY2(distance >= 6,
                         qPrintable(QString("stages %1 and %2 for sight %3: %4")
                                        .arg(i)
                                        .arg(j)
                                        .arg(int(sight))
                                        .arg(distance)));
            }
        }
    }
}

void TstTheme::anInactiveSelectionStaysVisible()
{
    QFETCH(Theme::Kind, kind);
    const QPalette palette = Theme::of(kind).palette();
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::Highlight),
             palette.color(QPalette::Active, QPalette::Highlight));
    QVERIFY(palette.color(QPalette::Disabled, QPalette::Text)
            != palette.color(QPalette::Active, QPalette::Text));
}

void TstTheme::theMeasureOfDifferenceIsTheStandardOne()
{
    // Blue against black and white, from independent calculators.
    QVERIFY(qAbs(test::difference(Qt::white, Qt::black) - 100) < 0.01);
    QVERIFY(qAbs(test::difference(QColor(255, 0, 0), QColor(0, 255, 0)) - 86.6) < 0.1);
    QVERIFY(qAbs(test::difference(QColor(255, 0, 0), QColor(0, 0, 255)) - 52.88) < 0.1);
    QVERIFY(qAbs(contrast(Qt::white, Qt::black) - 21) < 0.01);
}

void TstTheme::methodsAndStatusesHaveTheirColours()
{
    const Theme &theme = Theme::of(Theme::Kind::Light);
    QCOMPARE(theme.method("GET"), theme.color(Token::Link));
    QCOMPARE(theme.method("BREW"), theme.color(Token::Text2));
    QCOMPARE(theme.status(204), theme.color(Token::Ok));
    QCOMPARE(theme.status(0), theme.color(Token::Text3));
    QCOMPARE(theme.status(999), theme.color(Token::Text3));
}

QTEST_GUILESS_MAIN(TstTheme)
#include "tst_theme.moc"
