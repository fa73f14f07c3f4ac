// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"
#include "ui/settings/stylesheet.h"
#include "ui/settings/thememanager.h"
#include "ui/settings/type.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse::ui;

class TstPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsEditedCountsOnlyOnceApplied();
    void cancelGoesBackToWhatCounts();
    void aValueOutOfRangeIsRefusedWithItsRule();
    void appliedValuesAreThereAfterARestart();
    void aDefaultIsNotWritten();
    void aWrongValueInTheFileCountsAsAbsent();
    void theFileBelongsToItsUserAlone();
    void stateIsKeptBesideTheSettings();
    void aChoiceOfTheUserBeatsTheSystem();
    void withoutAChoiceTheSystemIsFollowed();
    void theScaleReachesEveryFont();
    void theStyleSheetOfEveryThemeIsComplete();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath("workbench.ini"); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstPreferences::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TstPreferences::whatIsEditedCountsOnlyOnceApplied()
{
    Preferences preferences(path());
    QSignalSpy changed(&preferences.scale, &SettingBase::changed);
    preferences.scale.edit(120);
    QVERIFY(preferences.scale.isDirty());
    QVERIFY(preferences.hasUnapplied());
    QCOMPARE(preferences.scale.value(), 100);
    QCOMPARE(changed.count(), 0);
    QVERIFY(preferences.applyAll().isEmpty());
    QCOMPARE(preferences.scale.value(), 120);
    QCOMPARE(changed.count(), 1);
}

void TstPreferences::cancelGoesBackToWhatCounts()
{
    Preferences preferences(path());
    preferences.scale.edit(120);
    preferences.cancelAll();
    QCOMPARE(preferences.scale.edited(), 100);
    QVERIFY(!preferences.hasUnapplied());
}

void TstPreferences::aValueOutOfRangeIsRefusedWithItsRule()
{
    Preferences preferences(path());
    preferences.scale.edit(400);
    const QStringList problems = preferences.applyAll();
    QCOMPARE(problems, QStringList{"Size of text: must be between 90 and 160 percent, not 400"});
    QCOMPARE(preferences.scale.value(), 100);
    QVERIFY(!preferences.theme.set("pink"));
    QCOMPARE(preferences.theme.edited(), "system");
}

void TstPreferences::appliedValuesAreThereAfterARestart()
{
    {
        Preferences preferences(path());
        preferences.theme.set("dark");
        preferences.reduceMotion.set(true);
        preferences.memoryBudget.set(64);
    }
    Preferences preferences(path());
    QCOMPARE(preferences.theme.value(), "dark");
    QCOMPARE(preferences.reduceMotion.value(), true);
    QCOMPARE(preferences.memoryBudget.value(), 64);
}

void TstPreferences::aDefaultIsNotWritten()
{
    {
        Preferences preferences(path());
        preferences.theme.set("dark");
        preferences.theme.resetToDefault();
        QVERIFY(preferences.theme.apply());
    }
    QVERIFY(!QSettings(path(), QSettings::IniFormat).contains("appearance/theme"));
}

void TstPreferences::aWrongValueInTheFileCountsAsAbsent()
{
    {
        QSettings file(path(), QSettings::IniFormat);
        file.setValue("appearance/scale", "big");
        file.setValue("appearance/theme", "pink");
    }
    Preferences preferences(path());
    QCOMPARE(preferences.scale.value(), 100);
    QCOMPARE(preferences.theme.value(), "system");
}

void TstPreferences::theFileBelongsToItsUserAlone()
{
    {
        Preferences preferences(path());
        preferences.theme.set("dark");
    }
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TstPreferences::stateIsKeptBesideTheSettings()
{
    Preferences preferences(path());
    preferences.setState("keys/window.palette", "Ctrl+K");
    QCOMPARE(preferences.stateKeys("keys"), QStringList{"window.palette"});
    preferences.removeState("keys/window.palette");
    QVERIFY(!preferences.state("keys/window.palette").isValid());
}

void TstPreferences::aChoiceOfTheUserBeatsTheSystem()
{
    Preferences preferences(path());
    ThemeManager manager(preferences);
    QSignalSpy changed(&manager, &ThemeManager::changed);
    preferences.theme.set("contrast");
    QCOMPARE(manager.kind(), Theme::Kind::Contrast);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window),
             Theme::of(Theme::Kind::Contrast).color(Token::Panel));
    QApplication::setPalette(Theme::of(Theme::Kind::Light).palette());
    QTRY_COMPARE(QApplication::palette().color(QPalette::Base),
                 Theme::of(Theme::Kind::Contrast).color(Token::Base));
}

void TstPreferences::withoutAChoiceTheSystemIsFollowed()
{
    Preferences preferences(path());
    ThemeManager manager(preferences);
    QPalette night;
    night.setColor(QPalette::Window, Qt::black);
    night.setColor(QPalette::WindowText, Qt::white);
    QApplication::setPalette(night);
    QTRY_COMPARE(manager.kind(), Theme::Kind::Dark);
    QPalette day;
    day.setColor(QPalette::Window, Qt::white);
    day.setColor(QPalette::WindowText, Qt::black);
    QApplication::setPalette(day);
    QTRY_COMPARE(manager.kind(), Theme::Kind::Light);
}

void TstPreferences::theScaleReachesEveryFont()
{
    Preferences preferences(path());
    ThemeManager manager(preferences);
    preferences.scale.set(160);
    QCOMPARE(type::words().pixelSize(), 21);
    QCOMPARE(type::data(11).pixelSize(), 18);
    QCOMPARE(QApplication::font().pixelSize(), 21);
    preferences.scale.set(100);
    QCOMPARE(QApplication::font().pixelSize(), 13);
}

void TstPreferences::theStyleSheetOfEveryThemeIsComplete()
{
    for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Contrast}) {
        const QString sheet = styleSheet(Theme::of(kind));
        QVERIFY(!sheet.contains('$') && !sheet.contains('@'));
        QCOMPARE(sheet.count('{'), sheet.count('}'));
    }
}

QTEST_MAIN(TstPreferences)
#include "tst_preferences.moc"
