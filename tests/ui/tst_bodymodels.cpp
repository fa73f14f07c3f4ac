// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bodydecode.h"
#include "ui/models/bodykind.h"
#include "ui/models/bodyparts.h"

#include <QTest>

using namespace gatehouse::ui;

class TstBodyModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesTellWhatTheyAre_data();
    void bytesTellWhatTheyAre();
    void aHeaderThatIsWrongIsSaid();
    void codingsAreTakenOff_data();
    void codingsAreTakenOff();
    void whatCannotBeDecodedIsSaid_data();
    void whatCannotBeDecodedIsSaid();
    void aBombIsStopped();
    void formsAreTakenApart();
    void multipartsAreTakenApart();
    void aMultipartThatWasCutKeepsWhatIsThere();
};

namespace {

const auto goOn = [] { return true; };

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

const QByteArray gzipped = hex("1f8b0800000000000203cb48cdc9c9070086a6103605000000"); // "hello"

} // namespace

void TstBodyModels::bytesTellWhatTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::addColumn<BodyKind>("kind");
    QTest::newRow("nothing") << QByteArray() << "application/json" << BodyKind::Empty;
    QTest::newRow("object") << QByteArray(" {\"a\":1}") << "" << BodyKind::Json;
    QTest::newRow("array") << QByteArray("[-1]") << "" << BodyKind::Json;
    QTest::newRow("number, promised") << QByteArray("12") << "application/json" << BodyKind::Json;
    QTest::newRow("number, by itself") << QByteArray("12") << "" << BodyKind::Text;
    QTest::newRow("no JSON") << QByteArray("[section]\na=1") << "" << BodyKind::Text;
    QTest::newRow("html") << QByteArray("\n<!doctype html>") << "" << BodyKind::Markup;
    QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1A\n....") << "text/plain" << BodyKind::Image;
    QTest::newRow("gzip") << gzipped << "application/json" << BodyKind::Compressed;
    QTest::newRow("form") << QByteArray("a=1&b=2") << "application/x-www-form-urlencoded"
                          << BodyKind::Form;
    QTest::newRow("multipart") << QByteArray("--x\r\n") << "multipart/form-data; boundary=x"
                               << BodyKind::Multipart;
    QTest::newRow("binary") << QByteArray("ab\0cd", 5) << "" << BodyKind::Binary;
    QTest::newRow("text") << QByteArray("hello") << "" << BodyKind::Text;
    QTest::newRow("RIFF cut short") << QByteArray("RIFF") << "" << BodyKind::Text;
}

void TstBodyModels::bytesTellWhatTheyAre()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    QTEST(kindOfBytes(bytes, type), "kind");
}

void TstBodyModels::aHeaderThatIsWrongIsSaid()
{
    QCOMPARE(disagreement("text/html; charset=utf-8", BodyKind::Image),
             "The header says text/html, but the bytes are an image.");
    QCOMPARE(disagreement("application/json", BodyKind::Markup),
             "The header says application/json, but the bytes are markup.");
    for (const auto kind : {BodyKind::Json, BodyKind::Empty})
        QCOMPARE(disagreement("application/json", kind), "");
    QCOMPARE(disagreement("text/plain", BodyKind::Json), "");
    QCOMPARE(disagreement("application/octet-stream", BodyKind::Json), "");
    QCOMPARE(disagreement("", BodyKind::Json), "");
    QCOMPARE(disagreement("image/svg+xml", BodyKind::Markup), "");
}

void TstBodyModels::codingsAreTakenOff_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    const QByteArray zlib = qCompress(QByteArray("hello")).sliced(4); // Qt puts the size in front
    QTest::newRow("none") << QByteArray("hello") << "";
    QTest::newRow("identity") << QByteArray("hello") << "identity";
    QTest::newRow("deflate") << zlib << "deflate";
    QTest::newRow("deflate without header") << zlib.sliced(2, zlib.size() - 6) << "Deflate";
    QTest::newRow("gzip") << gzipped << "gzip";
    QTest::newRow("two members") << hex("1f8b0800000000000203cb48cd01001bf10be503000000"
                                        "1f8b0800000000000203cbc907009d4a9c5502000000")
                                 << "x-gzip";
}

void TstBodyModels::codingsAreTakenOff()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, encoding);
    const DecodedBody body = decodeBody(memorySource(bytes), encoding, 1000, goOn);
    QCOMPARE(body.problem, QString());
    QCOMPARE(body.source->read(0, 100), "hello");
}

void TstBodyModels::whatCannotBeDecodedIsSaid_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("problem");
    QTest::newRow("brotli") << QByteArray("x") << "br"
                            << "The coding \"br\" is not decoded here; the body is shown as "
                               "received.";
    QTest::newRow("cut") << gzipped.left(18) << "gzip"
                         << "The compressed data ends too early; what is there is shown.";
    QTest::newRow("no gzip") << QByteArray("plain text") << "gzip"
                             << "The compressed data is broken after 0\u202FB; what came before is "
                                "shown.";
}

void TstBodyModels::whatCannotBeDecodedIsSaid()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, encoding);
    QTEST(decodeBody(memorySource(bytes), encoding, 1000, goOn).problem, "problem");
}

void TstBodyModels::aBombIsStopped()
{
    const QByteArray bomb = qCompress(QByteArray(50'000'000, '0'), 9).sliced(4);
    const DecodedBody body = decodeBody(memorySource(bomb), "deflate", 1'000'000, goOn);
    QVERIFY(body.source->size() < 1'200'000);
    QCOMPARE(body.problem, "Only the first 1.00\u202FMB are decoded.");
}

void TstBodyModels::formsAreTakenApart()
{
    const auto fields = formFields("name=J%C3%B6rg+M&&flag&x=1=2", 10);
    QCOMPARE(fields.size(), std::size_t(3));
    QCOMPARE(fields[0].second, "Jörg M");
    QCOMPARE(fields[1], std::pair(QString("flag"), QString()));
    QCOMPARE(fields[2].second, "1=2");
    QCOMPARE(formFields("a=1&b=2&c=3", 2).size(), std::size_t(2));
}

void TstBodyModels::multipartsAreTakenApart()
{
    const QByteArray body =
        "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a b\"\r\n\r\n"
        "one\r\n--b\r\n\r\ntwo\r\n--b--\r\nrest";
    const auto parts = multipartParts(body, "multipart/form-data; boundary=\"b\"", 10);
    QCOMPARE(parts.size(), std::size_t(2));
    QCOMPARE(parts[0].name, "a b");
    QCOMPARE(parts[0].content, "one");
    QCOMPARE(parts[1].content, "two");
    QVERIFY(multipartParts(body, "multipart/form-data", 10).empty());
}

void TstBodyModels::aMultipartThatWasCutKeepsWhatIsThere()
{
    const auto parts = multipartParts("--b\r\nX: 1\r\n\r\npart of", "multipart/x; boundary=b", 10);
    QCOMPARE(parts.size(), std::size_t(1));
    QCOMPARE(parts[0].content, "part of");
    QCOMPARE(parts[0].headers[0], std::pair(QString("X"), QString("1")));
}

QTEST_GUILESS_MAIN(TstBodyModels)
#include "tst_bodymodels.moc"
