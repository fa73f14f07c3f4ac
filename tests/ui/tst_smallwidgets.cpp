// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "ui/widgets/attachdialog.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fieldtable.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstSmallWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLinkPillIsReachedByKeyboard();
    void aPillIsWideEnoughForItsText();
    void theCrossOfAChipEndsTheMode();
    void aToastCanBeUndone();
    void aSecondToastEndsTheFirst();
    void theCommandOfAnEmptyStateIsCopied();
    void aButtonOfAnEmptyStateFollowsItsAction();
    void aBannerSaysWhatHappened();
    void theSearchFieldWaitsForAPause();
    void everyControlHasAName();
    void enginesThatRunAreOffered();
    void withoutEnginesTheAddressIsAsked();

private:
    static void leave(const QTemporaryDir &folder, qint64 pid, const QByteArray &admin,
                      QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner);
};

namespace {

QPushButton *buttonNamed(const QWidget &parent, const QString &text)
{
    for (QPushButton *const button : parent.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

void TstSmallWidgets::aLinkPillIsReachedByKeyboard()
{
    QWidget window;
    Pill pill("limit per-user", Token::Warn, Glyph::Limits, &window);
    QCOMPARE(pill.focusPolicy(), Qt::NoFocus);
    pill.setLink(true);
    window.show();
    pill.setFocus();
    QSignalSpy clicked(&pill, &Pill::clicked);
    QTest::keyClick(&pill, Qt::Key_Space);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(pill.accessibleName(), "limit per-user");
}

void TstSmallWidgets::aPillIsWideEnoughForItsText()
{
    const Pill one("a");
    const Pill two("a longer text");
    QVERIFY(two.sizeHint().width() > one.sizeHint().width());
    QVERIFY(one.sizeHint().height() >= 24);
}

void TstSmallWidgets::theCrossOfAChipEndsTheMode()
{
    Chip chip(Glyph::Pause, "List paused", "Resume the list");
    QSignalSpy ended(&chip, &Chip::ended);
    chip.findChild<QToolButton *>()->click();
    QCOMPARE(ended.count(), 1);
    chip.setText("List paused, 312 new");
    QCOMPARE(chip.accessibleName(), "List paused, 312 new");
}

void TstSmallWidgets::aToastCanBeUndone()
{
    QWidget window;
    window.resize(600, 400);
    window.show();
    Toast toast(&window);
    QSignalSpy undone(&toast, &Toast::undone);
    QSignalSpy expired(&toast, &Toast::expired);
    toast.say("Cleared 412 exchanges", "Undo");
    QVERIFY(toast.isVisible());
    QVERIFY(window.rect().contains(toast.geometry()));
    buttonNamed(toast, "Undo")->click();
    QVERIFY(!toast.isVisible());
    QCOMPARE(undone.count(), 1);
    QCOMPARE(expired.count(), 0);
}

void TstSmallWidgets::aSecondToastEndsTheFirst()
{
    QWidget window;
    window.show();
    Toast toast(&window);
    QSignalSpy expired(&toast, &Toast::expired);
    toast.say("one", "Undo");
    toast.say("two");
    QCOMPARE(expired.count(), 1);
    toast.findChild<QToolButton *>()->click();
    QCOMPARE(expired.count(), 2);
}

void TstSmallWidgets::theCommandOfAnEmptyStateIsCopied()
{
    EmptyState state;
    state.setContent(Glyph::Traffic, "No traffic yet", "Gatehouse listens.");
    state.setCommand("curl localhost");
    state.findChild<QToolButton *>()->click();
    QCOMPARE(QApplication::clipboard()->text(), "curl localhost");
}

void TstSmallWidgets::aButtonOfAnEmptyStateFollowsItsAction()
{
    EmptyState state;
    QAction action("Resume");
    action.setEnabled(false);
    QSignalSpy triggered(&action, &QAction::triggered);
    QPushButton *const button = state.addAction(&action);
    QVERIFY(!button->isEnabled());
    action.setEnabled(true);
    button->click();
    QCOMPARE(triggered.count(), 1);
    state.clearButtons();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(state.findChildren<QPushButton *>().isEmpty());
}

void TstSmallWidgets::aBannerSaysWhatHappened()
{
    Banner banner;
    banner.say(Banner::Mood::Error, "The engine ended", "Port 8080 is taken.",
               {"line 1", "line 2"});
    banner.addButton("Restart");
    QCOMPARE(banner.title(), "The engine ended");
    QCOMPARE(banner.accessibleDescription(), "Port 8080 is taken.");
    QVERIFY(banner.isVisible());
}

void TstSmallWidgets::theSearchFieldWaitsForAPause()
{
    SearchField field;
    field.show();
    QSignalSpy searched(&field, &SearchField::searched);
    QSignalSpy next(&field, &SearchField::next);
    auto *const edit = field.findChild<QLineEdit *>();
    QTest::keyClicks(edit, "abc");
    QCOMPARE(searched.count(), 0);
    QTest::keyClick(edit, Qt::Key_Return); // does not wait
    QCOMPARE(searched.count(), 1);
    QCOMPARE(searched[0][0].toString(), "abc");
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(next.count(), 1);
}

void TstSmallWidgets::everyControlHasAName()
{
    QWidget window;
    new SearchField(&window);
    new FieldTable(&window);
    new Toast(&window);
    auto *const state = new EmptyState(&window);
    state->setContent(Glyph::Info, "Nothing", "There is nothing.");
    state->addButton("Do it");
    auto *const pill = new Pill("route orders", Token::Link, {}, &window);
    pill->setLink(true);
    new Chip(Glyph::Pause, "Paused", "Resume", &window);
    window.show();
    QCOMPARE(test::unnamed(window).join("\n"), QString());
}

/// What an engine leaves.
void TstSmallWidgets::leave(const QTemporaryDir &folder, qint64 pid, const QByteArray &admin,
                            QFile::Permissions permissions)
{
    static int number = 0;
    const QString token = folder.filePath("t.token");
    QFile tokenFile(token);
    QVERIFY(tokenFile.open(QIODevice::WriteOnly) && tokenFile.write("0badc0de\n") > 0);
    QFile file(folder.filePath(QString("engine-%1.json").arg(++number)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"ready\":true,\"pid\":" + QByteArray::number(pid)
               + ",\"api_version\":1,\"admin\":\"" + admin
               + "\",\"file\":\"/etc/shop.yaml\",\"listeners\":{\"web\":\"127.0.0.1:8080\"},"
                 "\"token_file\":\""
               + token.toUtf8() + "\"}");
    file.close();
    file.setPermissions(permissions);
}

void TstSmallWidgets::enginesThatRunAreOffered()
{
    const QTemporaryDir folder; // as private as that of the user
    const qint64 own = QCoreApplication::applicationPid();
    leave(folder, own, "127.0.0.1:9901");
    leave(folder, own, "127.0.0.1:9902", QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther);
    leave(folder, 2'147'483'000, "127.0.0.1:9903"); // no process has such a number
    leave(folder, -1, "127.0.0.1:9904");
    QFile broken(folder.filePath("engine-x.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{");
    broken.close();
    broken.setPermissions(QFile::ReadOwner | QFile::WriteOwner);

    AttachDialog dialog(folder.path());
    dialog.show();
    auto *const list = dialog.findChild<QListWidget *>();
    QCOMPARE(list->count(), 1);
    const QString sentence = list->item(0)->data(Qt::AccessibleTextRole).toString();
    QVERIFY2(sentence.startsWith(QString("127.0.0.1:9901, shop.yaml, pid %1, since ").arg(own)),
             qPrintable(sentence));
    QVERIFY(sentence.endsWith("; http://127.0.0.1:8080"));
    QCOMPARE(test::unnamed(dialog).join('\n'), QString());
    QSignalSpy chosen(&dialog, &AttachDialog::chosen);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first(), (QVariantList{"http://127.0.0.1:9901", folder.filePath("t.token")}));
    QVERIFY(!dialog.isVisible());
}

void TstSmallWidgets::withoutEnginesTheAddressIsAsked()
{
    AttachDialog dialog("/nowhere/at/all");
    dialog.show();
    QVERIFY(!dialog.findChild<QListWidget *>()->isVisible());
    QSignalSpy chosen(&dialog, &AttachDialog::chosen);
    dialog.findChild<QLineEdit *>()->setText("gateway.example:9901");
    QPushButton *const attach = buttonNamed(dialog, "Attach");
    QVERIFY(attach->isEnabled());
    attach->click();
    QCOMPARE(chosen.size(), 1);
}

QTEST_MAIN(TstSmallWidgets)
#include "tst_smallwidgets.moc"
