// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/storedanswer.h"
#include "tests/support/answer.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::middleware;
using gatehouse::test::toBytes;

namespace {

std::string sample()
{
    Arena arena;
    Response response(arena, 201);
    response.headers().add("X-A", "1");
    response.headers().add("X-A", "");
    response.headers().add(FieldName::ContentLength, "Content-Length", "99");
    response.headers().add(FieldName::Connection, "Connection", "close");
    return writeAnswer(crypto::sha256("body"), std::chrono::seconds(3600), response,
                       std::string_view("a\0b", 3));
}

} // namespace

/// S004-I22
class TestStoredAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerComesBackAsItWas()
    {
        const std::string bytes = sample();
        const Result<StoredAnswer> answer = parseStoredAnswer(bytes);
        QVERIFY(answer);
        QCOMPARE(answer->kind, StoredAnswer::Kind::Answer);
        QCOMPARE(answer->status, 201);
        QCOMPARE(answer->ttl.count(), 3600);
        QCOMPARE(answer->bodyHash, crypto::sha256("body"));
        QCOMPARE(answer->fields.size(), std::size_t(2)); // framing belongs to each message
        QCOMPARE(toBytes(answer->fields[1].name), "X-A");
        QCOMPARE(toBytes(answer->body), QByteArray("a\0b", 3));
    }

    void aClaimComesBackAsItWas()
    {
        const std::string bytes = writeClaim(crypto::sha256(""), "token");
        const Result<StoredAnswer> claim = parseStoredAnswer(bytes);
        QVERIFY(claim);
        QCOMPARE(claim->kind, StoredAnswer::Kind::Claim);
        QCOMPARE(toBytes(claim->token), "token");
    }

    void whatIsCutOrLongerIsRefused()
    {
        for (const std::string &whole : {sample(), writeClaim(crypto::sha256(""), "token")}) {
            for (std::size_t size = 0; size < whole.size(); ++size)
                QVERIFY2(!parseStoredAnswer(std::string_view(whole).substr(0, size)),
                         qPrintable(QString::number(size)));
            QVERIFY(!parseStoredAnswer(whole + '\0'));
        }
    }

    void whatNoMessageMayHoldIsRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("version") << QByteArray("GI\1", 3) << QByteArray("GI\2", 3);
        QTest::newRow("kind") << QByteArray("GI\1A", 4) << QByteArray("GI\1B", 4);
        QTest::newRow("name") << QByteArray("X-A") << QByteArray("X A");
        QTest::newRow("value") << QByteArray("\0\0\1"
                                             "1",
                                             4)
                               << QByteArray("\0\0\1\r", 4);
        QTest::newRow("status") << QByteArray("\0\xC9", 2) << QByteArray("\2\xC9", 2);
    }
    void whatNoMessageMayHoldIsRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray bytes = QByteArray::fromStdString(sample());
        const qsizetype at = bytes.indexOf(from);
        QVERIFY(at >= 0);
        bytes.replace(at, from.size(), to);
        QVERIFY(!parseStoredAnswer(bytes.toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestStoredAnswer)
#include "tst_storedanswer.moc"
