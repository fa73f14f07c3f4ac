// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/mac.h"
#include "engine/crypto/random.h"
#include "engine/crypto/secretcompare.h"

#include <QTest>

using namespace gatehouse;

class TestDigest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // FIPS 180-4, example of appendix B
    void aDigestIsTheStandards()
    {
        QCOMPARE(crypto::hex(crypto::sha256("abc")),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    // RFC 4231, test case 2
    void aMacIsTheStandards()
    {
        QCOMPARE(crypto::hex(crypto::hmacSha256("Jefe", "what do ya want for nothing?")),
                 std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    void randomTextsDiffer()
    {
        const std::string one = crypto::randomHex(16);
        QCOMPARE(one.size(), std::size_t(32));
        QVERIFY(one != crypto::randomHex(16));
    }

    void secretsAreComparedWhole()
    {
        QVERIFY(crypto::isSameSecret("sekret", "sekret"));
        QVERIFY(!crypto::isSameSecret("sekret", "sekreT"));
        QVERIFY(!crypto::isSameSecret("sekret", "sekret "));
        QVERIFY(crypto::isSameSecret("", ""));
        QVERIFY(!crypto::isSameSecret("", "a"));
    }
};

QTEST_GUILESS_MAIN(TestDigest)
#include "tst_digest.moc"
