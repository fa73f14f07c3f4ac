// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/passwordhash.h"

#include <QTest>

using namespace gatehouse;
using auth::PasswordHash;

class TestPasswordHash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPasswordMatchesItsHashOnly()
    {
        const std::string made = PasswordHash::make("correct horse");
        const auto hash = PasswordHash::parse(made);
        QVERIFY(hash);
        QVERIFY(hash->matches("correct horse"));
        QVERIFY(!hash->matches("correct horsE"));
        QVERIFY(!hash->matches(""));
        QVERIFY(PasswordHash::make("correct horse") != made);
    }

    // Made with Python:
    // hashlib.pbkdf2_hmac("sha256", b"password", b"saltsaltsalt", 100000)
    void aPbkdf2HashOfAnotherProgramMatches()
    {
        const auto hash = PasswordHash::parse(
            "$pbkdf2-sha256$i=100000$c2FsdHNhbHRzYWx0$wyvekEmwpBIVGGQvSbHeGwvM4WecHc8na5nfjKgce4g");
        QVERIFY(hash);
        QVERIFY(hash->matches("password"));
        QVERIFY(!hash->matches("passwort"));
    }

    void otherFormsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "password", "$2b$12$abc", "$scrypt$ln=15,r=8,p=1$c2FsdA$aGFzaA",
              "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0$MDEyMzQ1Njc4OWFiY2RlZg",
              "$scrypt$ln=20,r=99,p=1$c2FsdHNhbHRzYWx0$MDEyMzQ1Njc4OWFiY2RlZg",
              "$scrypt$ln=15,r=8,p=9$c2FsdHNhbHRzYWx0$MDEyMzQ1Njc4OWFiY2RlZg",
              "$pbkdf2-sha256$i=1$c2FsdHNhbHRzYWx0$MDEyMzQ1Njc4OWFiY2RlZg",
              "$pbkdf2-sha256$i=99999999$c2FsdHNhbHRzYWx0$MDEyMzQ1Njc4OWFiY2RlZg"})
            QTest::newRow(text) << QByteArray(text);
    }
    void otherFormsAreRefused()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!PasswordHash::parse(text.toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestPasswordHash)
#include "tst_passwordhash.moc"
