// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/log.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <unistd.h>

using namespace gatehouse;

Q_LOGGING_CATEGORY(lcTest, "gatehouse.test.log", QtInfoMsg)

namespace {

/// What goes to standard error while this lives.
class Captured
{
public:
    Captured() : m_stderr(::dup(STDERR_FILENO))
    {
        if (!m_file.open() || ::dup2(m_file.handle(), STDERR_FILENO) < 0)
            qFatal("standard error cannot be captured");
    }
    ~Captured()
    {
        ::dup2(m_stderr, STDERR_FILENO);
        ::close(m_stderr);
    }
    Q_DISABLE_COPY_MOVE(Captured)

    [[nodiscard]] QByteArray text() const
    {
        QFile file(m_file.fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    int m_stderr;
    QTemporaryFile m_file;
};

QJsonObject parsed(const QByteArray &line)
{
    return line.count('\n') == 1 ? QJsonDocument::fromJson(line).object() : QJsonObject();
}

QByteArray everyByte()
{
    QByteArray all;
    for (int c = 0; c < 256; ++c)
        all.append(char(c));
    return all;
}

} // namespace

/// S001-61, S002-106, S002-109
class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsEscapedForJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QByteArray &text, const QString &shown) {
            QTest::newRow(name) << text << shown;
        };
        row("plain", "abc", "abc");
        row("quotes", "a\"b\\c", "a\"b\\c");
        row("controls", QByteArray("\r\n\t\0\x1B\x7F", 6),
            QString::fromLatin1("\r\n\t\0\x1B\x7F", 6));
        row("UTF-8", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80",
            QString::fromUtf8("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"));
        // Bytes that are no UTF-8 are shown as Latin-1 would: nothing is lost, nothing is invalid.
        row("a lone continuation", "\x80", QString(QChar(0x80)));
        row("overlong", "\xC0\xAF", QString::fromLatin1("\xC0\xAF"));
        row("overlong, three bytes", "\xE0\x80\xAF", QString::fromLatin1("\xE0\x80\xAF"));
        row("a surrogate", "\xED\xA0\x80", QString::fromLatin1("\xED\xA0\x80"));
        row("over U+10FFFF", "\xF4\x90\x80\x80", QString::fromLatin1("\xF4\x90\x80\x80"));
        row("cut", "\xE2\x82", QString::fromLatin1("\xE2\x82"));
        row("cut, then text", "\xE2\x82z", QString::fromLatin1("\xE2\x82z"));
    }
    void textIsEscapedForJson()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, shown);
        std::string json = "{\"a\":";
        appendJson(json, text.toStdString());
        json += '}';
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
        QVERIFY2(document.isObject(), json.c_str());
        QCOMPARE(document["a"].toString(), shown);
    }

    void everyLineIsJson()
    {
        const Captured captured;
        installLogging(LogFormat::Json);
        LogLine(lcTest(), QtWarningMsg, "what\n\"happened\"")
            .field("bytes", std::string_view(everyByte().toStdString()))
            .field("a\"b", "c")
            .field("number", qint64(-7))
            .error(Error(ErrorCode::Timeout, "late").causedBy("recv").with("instance", "i\n"));
        const QJsonObject line = parsed(captured.text());
        QCOMPARE(line["level"].toString(), "warning");
        QCOMPARE(line["component"].toString(), "test.log");
        QCOMPARE(line["msg"].toString(), "what\n\"happened\"");
        QVERIFY(!line["ts"].toString().isEmpty());
        QCOMPARE(line["a\"b"].toString(), "c");
        QCOMPARE(line["number"].toInt(), -7);
        QCOMPARE(line["type"].toString(), "timeout");
        QCOMPARE(line["message"].toString(), "late");
        QCOMPARE(line["cause"].toString(), "recv");
        QCOMPARE(line["instance"].toString(), "i\n");
    }

    void messagesOfQtBecomeLinesToo()
    {
        const Captured captured;
        installLogging(LogFormat::Json);
        qCWarning(lcTest) << "two\nlines" << '"';
        QCOMPARE(parsed(captured.text())["level"].toString(), "warning");
    }

    void aLevelThatIsOffWritesNothing()
    {
        const Captured captured;
        installLogging(LogFormat::Json);
        LogLine(lcTest(), QtDebugMsg, "no").field("a", "b");
        QCOMPARE(captured.text(), "");
        QVERIFY(setLogLevel("test", "debug"));
        LogLine(lcTest(), QtDebugMsg, "yes");
        QVERIFY(setLogLevel("test", "error"));
        LogLine(lcTest(), QtWarningMsg, "no");
        QCOMPARE(parsed(captured.text())["msg"].toString(), "yes");
        QVERIFY(!setLogLevel("test", "loud"));
        QVERIFY(setLogLevel("test", "info"));
    }

    void cleanup() { qInstallMessageHandler(nullptr); }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
