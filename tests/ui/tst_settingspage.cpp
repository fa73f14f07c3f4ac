// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/fakeadminapi.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/settings/capturerules.h"
#include "ui/pages/settings/keyssection.h"
#include "ui/pages/settings/recordingsection.h"
#include "ui/pages/settings/redactionsection.h"
#include "ui/pages/settings/settingspage.h"
#include "ui/settings/thememanager.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

QJsonObject recording()
{
    return {
        {"level", "bodies"},
        {"body_cap", 65536},
        {"rules",
         QJsonArray{QJsonObject{{"when", "path:/health"}, {"keep", "nothing"}, {"body_cap", -1}}}},
        {"held", 12}};
}

} // namespace

class TstSettingsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatIsEditedCountsWithApply();
    void cancelTakesItBack();
    void defaultsAreOfTheShownSection();
    void aChangedSettingIsShown();
    void theEngineIsToldWhatToRecord();
    void nothingIsToldIfNothingChanged();
    void aWrongRuleKeepsFromApplying();
    void aRefusalOfTheEngineIsSaid();
    void rulesKeepTheRulesOfModels();
    void sizesAreReadWithTheirUnit_data();
    void sizesAreReadWithTheirUnit();
    void aKeyIsChangedAndConflictsAreSaid();
    void keysAreSearched();
    void whatIsPastedShowsHowItIsExported();
    void aPageMayGoWhileItWaits();
    void everyControlHasAName();

private:
    template<typename T>
    [[nodiscard]] T *named(const QString &name) const
    {
        for (T *const each : m_page->findChildren<T *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        for (QPushButton *const each : m_page->findChildren<QPushButton *>()) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] RecordingSection &recordingSection() const
    {
        return static_cast<RecordingSection &>(*m_page->section(SettingsPage::Recording));
    }
    [[nodiscard]] KeysSection &keysSection() const
    {
        return static_cast<KeysSection &>(*m_page->section(SettingsPage::Keys));
    }
    [[nodiscard]] QList<QJsonObject> told() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<ThemeManager> m_themes;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<SettingsPage> m_page;
};

void TstSettingsPage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
    m_themes = std::make_unique<ThemeManager>(*m_preferences);
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_api = std::make_unique<test::FakeAdminApi>();
    m_api->on(client::Op::Recording, recording());
    m_api->on(client::Op::SetRecording,
              [](const auto &call) -> Result<QJsonObject> { return call.body; });
    m_page = std::make_unique<SettingsPage>(*m_preferences, *m_themes, *m_shortcuts, *m_api);
    m_page->resize(1000, 700);
    m_page->show();
    QTRY_COMPARE(recordingSection().rules().rowCount(), 1);
    QVERIFY(!m_page->isDirty());
}

void TstSettingsPage::cleanup()
{
    m_page.reset();
    m_api.reset();
    m_shortcuts.reset();
    m_themes.reset();
    m_preferences.reset();
}

QList<QJsonObject> TstSettingsPage::told() const
{
    QList<QJsonObject> out;
    for (const auto &call : m_api->calls()) {
        if (call.op == client::Op::SetRecording)
            out << call.body;
    }
    return out;
}

void TstSettingsPage::whatIsEditedCountsWithApply()
{
    auto *const theme = named<QComboBox>("Colours");
    QVERIFY(theme);
    QVERIFY(!button("Apply")->isEnabled());
    theme->setCurrentIndex(theme->findData("dark"));
    Q_EMIT theme->activated(theme->currentIndex());
    QVERIFY(m_page->isDirty());
    QVERIFY(button("Apply")->isEnabled());
    QCOMPARE(m_preferences->theme.value(), "system");
    button("Apply")->click();
    QCOMPARE(m_preferences->theme.value(), "dark");
    QCOMPARE(m_themes->kind(), Theme::Kind::Dark);
    QVERIFY(!m_page->isDirty());
}

void TstSettingsPage::cancelTakesItBack()
{
    named<QSpinBox>("Size of text")->setValue(120);
    recordingSection().rules().addRule();
    QVERIFY(m_page->isDirty());
    button("Cancel")->click();
    QVERIFY(!m_page->isDirty());
    QCOMPARE(named<QSpinBox>("Size of text")->value(), 100);
    QCOMPARE(recordingSection().rules().rowCount(), 1);
}

void TstSettingsPage::defaultsAreOfTheShownSection()
{
    m_preferences->scale.set(130);
    m_preferences->memoryBudget.set(100);
    m_page->setSection(SettingsPage::Appearance);
    button("Defaults")->click();
    QCOMPARE(m_preferences->scale.edited(), 100);
    QCOMPARE(m_preferences->memoryBudget.edited(), 100);
    QVERIFY(m_page->apply());
    QCOMPARE(m_preferences->scale.value(), 100);
}

void TstSettingsPage::aChangedSettingIsShown()
{
    m_preferences->scale.set(140); // by a key, say
    QCOMPARE(named<QSpinBox>("Size of text")->value(), 140);
    QVERIFY(!m_page->isDirty());
}

void TstSettingsPage::theEngineIsToldWhatToRecord()
{
    m_preferences->recording.edit("heads");
    CaptureRules &rules = recordingSection().rules();
    rules.setData(rules.index(0, CaptureRules::Keep), "head", Qt::EditRole);
    QVERIFY(m_page->apply());
    QCOMPARE(told().size(), 1);
    QCOMPARE(told()[0]["level"].toString(), "heads");
    QCOMPARE(told()[0]["body_cap"].toInteger(), 65536);
    QCOMPARE(told()[0]["memory_budget"].toInteger(), 320'000'000);
    QCOMPARE(told()[0]["rules"].toArray()[0].toObject()["keep"].toString(), "head");
    QTRY_VERIFY(!m_page->isDirty());
}

void TstSettingsPage::nothingIsToldIfNothingChanged()
{
    m_preferences->scale.edit(110);
    QVERIFY(m_page->apply());
    QVERIFY(told().isEmpty());
}

void TstSettingsPage::aWrongRuleKeepsFromApplying()
{
    CaptureRules &rules = recordingSection().rules();
    rules.setData(rules.index(0, CaptureRules::When), "stauts:500", Qt::EditRole);
    QVERIFY(recordingSection().sentence().startsWith("Rule 1: `stauts` is not a field"));
    QVERIFY(!m_page->apply());
    rules.setData(rules.index(0, CaptureRules::When), "header.X:1", Qt::EditRole);
    QVERIFY(recordingSection().sentence().contains("cannot ask for headers or bodies"));
    QVERIFY(!m_page->apply());
    QVERIFY(told().isEmpty());
}

void TstSettingsPage::aRefusalOfTheEngineIsSaid()
{
    m_api->on(client::Op::SetRecording, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::BadRequest, "no room on the disk");
    });
    m_preferences->diskBudget.edit(100);
    QVERIFY(m_page->apply());
    QTRY_COMPARE(recordingSection().sentence(), "The engine did not take it: no room on the disk");
}

void TstSettingsPage::rulesKeepTheRulesOfModels()
{
    CaptureRules rules;
    const QAbstractItemModelTester tester(&rules,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    rules.addRule();
    rules.addRule();
    QVERIFY(rules.setData(rules.index(0, CaptureRules::When), "status:500", Qt::EditRole));
    QVERIFY(!rules.setData(rules.index(0, CaptureRules::Keep), "half", Qt::EditRole));
    QCOMPARE(rules.firstProblem(), "Rule 2: A rule needs a filter: path:/health");
    rules.move(0, 1);
    rules.move(1, 1);
    QCOMPARE(rules.rules()[1].when, "status:500");
    QVERIFY(!rules.removeRows(2, 1));
    QVERIFY(rules.removeRows(0, 1));
    QCOMPARE(rules.firstProblem(), "");
}

void TstSettingsPage::sizesAreReadWithTheirUnit_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("usual") << "" << qint64(-1);
    QTest::newRow("plain") << "4096" << qint64(4096);
    QTest::newRow("kib") << "64 KiB" << qint64(65536);
    QTest::newRow("mb") << "2MB" << qint64(2'000'000);
    QTest::newRow("none") << "many" << qint64(-2);
    QTest::newRow("negative") << "-5" << qint64(-2);
}

void TstSettingsPage::sizesAreReadWithTheirUnit()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, bytes);
    CaptureRules rules;
    rules.setRules(recording()["rules"].toArray());
    rules.setData(rules.index(0, CaptureRules::BodyCap), text, Qt::EditRole);
    QCOMPARE(rules.rules()[0].bodyCap, bytes);
    QCOMPARE(rules.firstProblem().isEmpty(), bytes >= -1);
}

void TstSettingsPage::aKeyIsChangedAndConflictsAreSaid()
{
    QAction *const send = m_shortcuts->make("composer.send", m_page.get());
    KeysSection &keys = keysSection();
    keys.select("composer.send");
    keys.rebind(QKeySequence("Ctrl+T"));
    QVERIFY2(keys.sentence().startsWith("Ctrl+T is already"), qPrintable(keys.sentence()));
    keys.rebind(QKeySequence("Ctrl+Alt+Return"));
    QCOMPARE(keys.sentence(), "");
    QCOMPARE(send->shortcut(), QKeySequence("Ctrl+Alt+Return"));
    button("All as they were")->click();
    QCOMPARE(send->shortcut(), QKeySequence("Ctrl+Return"));
}

void TstSettingsPage::keysAreSearched()
{
    QTreeWidget *const table = keysSection().table();
    keysSection().search()->setText("environment");
    QStringList shown;
    for (int i = 0; i < table->topLevelItemCount(); ++i) {
        if (!table->topLevelItem(i)->isHidden())
            shown << table->topLevelItem(i)->text(0);
    }
    QCOMPARE(shown, (QStringList{"Edit environments", "Choose environment"}));
}

void TstSettingsPage::whatIsPastedShowsHowItIsExported()
{
    auto &redaction = static_cast<RedactionSection &>(*m_page->section(SettingsPage::Redaction));
    m_api->on(client::Op::Redact, [](const auto &call) -> Result<QJsonObject> {
        return QJsonObject{{"text", call.body["text"].toString().replace("abc", "***")},
                           {"masked", QJsonArray{1}}};
    });
    redaction.input()->setPlainText("Authorization: Bearer abc");
    QTRY_COMPARE(redaction.preview(), "Authorization: Bearer ***");
    QVERIFY(redaction.sentence().startsWith("1 masked"));
}

void TstSettingsPage::aPageMayGoWhileItWaits()
{
    m_api->hold();
    m_page->refresh();
    m_preferences->recording.edit("heads");
    QVERIFY(m_page->apply());
    m_page.reset();
    m_api->release();
    QTest::qWait(0);
}

void TstSettingsPage::everyControlHasAName()
{
    for (int i = SettingsPage::Engine; i <= SettingsPage::Redaction; ++i) {
        m_page->setSection(SettingsPage::Section(i));
        QCOMPARE(test::unnamed(*m_page), QStringList());
    }
}

QTEST_MAIN(TstSettingsPage)
#include "tst_settingspage.moc"
