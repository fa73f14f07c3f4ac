// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/adminclient.h"
#include "tests/support/gatewayprocess.h"
#include "tests/ui/realworkbench.h"
#include "ui/pages/traffic/filterbar.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::ui;

namespace {

const QByteArray shop =
    "version: 1\n"
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "services: {orders-svc: {instances: [\"http://127.0.0.1:1\"]}}\n"
    "pipeline: [request_id]\n"
    "routes:\n"
    "  - id: orders\n"
    "    match: {path: \"/v1/orders/*\", methods: [GET]}\n"
    "    middleware:\n"
    "      - {use: rate_limit, algorithm: fixed_window, rate: 2/1h, enforce: always, key: "
    "\"header:X-Tenant\"}\n"
    "      - {use: headers, request: {set: {X-Seen: \"1\"}}}\n"
    "      - {use: respond, content_type: application/json, body: "
    "'{\"id\":7,\"total\":120.5,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}],\"paid\":true}'}\n"
    "  - {id: search, match: {path: /v1/Käse}, middleware: [{use: cache}, {use: respond, body: "
    "found}]}\n"
    "  - {id: health, match: {path: /health}, middleware: [{use: respond, body: ok}]}\n"
    "  - {id: events, match: {path: /v1/events}, middleware: [{use: events, every: 20ms, count: "
    "3}]}\n"
    "  - {id: down, match: {path: /v1/down}, service: orders-svc}\n";

QByteArray requestOf(const QByteArray &method, const QByteArray &target, const QByteArray &host,
                     const QByteArray &fields = {}, const QByteArray &body = {})
{
    QByteArray request = method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields;
    if (!body.isEmpty())
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

const QByteArrayList traffic{
    requestOf("GET", "/v1/orders/1", "api.local", "X-Tenant: acme\r\n"),
    requestOf("GET", "/v1/orders/2?dry=1", "api.local", "X-Tenant: acme\r\n"),
    requestOf("GET", "/v1/orders/3", "api.local", "X-Tenant: acme\r\n"), // denied
    requestOf("GET", "/v1/orders/x", "www.local", "X-Tenant: other\r\n"),
    requestOf("GET", "/v1/K%C3%A4se?q=Br%C3%B6tchen", "api.local"),
    requestOf("GET", "/health", "www.local"),
    requestOf("GET", "/v1/events", "api.local"),
    requestOf("GET", "/v1/down", "api.local"),
    requestOf("POST", "/v1/orders/7", "api.local", {},
              "{\"sku\":\"a\",\"count\":3}"), // not allowed
    requestOf("GET", "/nothing/here", "shop.local"),
};

/// Those of the corpus that do not ask for the time, which passes between the questions; and some
/// of our own.
QStringList expressions()
{
    QFile file(qEnvironmentVariable("GATEHOUSE_SOURCE_DIR")
               + "/tests/filter/corpus/expressions.txt");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    QStringList texts{"route:orders",
                      "decision:unmatched",
                      "method:POST",
                      "by:rate_limit",
                      "has:header.x-tenant",
                      "json.total>100 status:200",
                      "reqjson.$.count:3",
                      "frame:*",
                      "decision:failed,denied,unmatched",
                      "key:*acme*",
                      "left:1",
                      "path~^/v1/orders/[0-9]$",
                      "-route:orders",
                      "resp.content-type:*json*"};
    for (const QString &line : QString::fromUtf8(file.readAll()).split('\n')) {
        const QString text = line.section(" => ", 0, 0);
        if (!line.startsWith('#') && !text.isEmpty() && !text.contains("age")
            && !text.contains("time"))
            texts << text;
    }
    texts.removeDuplicates();
    return texts;
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString listed(std::vector<quint64> seqs)
{
    std::ranges::sort(seqs);
    QStringList words;
    for (const quint64 seq : seqs)
        words << QString::number(seq);
    return words.join(' ');
}

} // namespace

/// One filter, three places: the list of the window, the engine, the command line.
class TestSameRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_real.start(shop));
        for (const QByteArray &request : traffic) {
            RawClient client(m_real.port());
            client.send(request);
            client.readResponse();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_real.traffic().store().size(), std::size_t(traffic.size()),
                                  20'000);
        const EngineReady &ready = *m_real.workbench->session().process().ready();
        m_admin = std::make_unique<AdminClient>(quint16(ready.admin.port()),
                                                contentOf(ready.tokenFile).trimmed());
        QTRY_COMPARE(engineRows("is:closed").count(' ') + 1, traffic.size());
        m_admin->post(client::Op::SaveCapture, {{"file", capture()}});
        QVERIFY2(m_admin->errorText().isEmpty(), qPrintable(m_admin->errorText()));
    }

    void aFilterGivesTheSameRowsEverywhere_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text : expressions())
            QTest::newRow(qPrintable(text)) << text;
    }
    void aFilterGivesTheSameRowsEverywhere()
    {
        QFETCH(const QString, text);
        const QString engine = engineRows(text);
        QVERIFY2(m_admin->errorText().isEmpty(), qPrintable(m_admin->errorText()));
        m_hits += engine.isEmpty() ? 0 : 1;
        QCOMPARE(shownRows(text), engine);
        m_real.traffic().findChild<FilterBar *>()->apply(text);
        QTRY_COMPARE_WITH_TIMEOUT(windowRows(), engine, 10'000);
    }

    void cleanupTestCase()
    {
        // So that it does not only compare nothing with nothing.
        QVERIFY2(m_hits >= 60, qPrintable(QString::number(m_hits)));
        m_real.workbench.reset();
    }

private:
    QString capture() const { return m_real.folder.filePath("saved.ghc"); }
    QString engineRows(const QString &text)
    {
        std::vector<quint64> seqs;
        const QJsonObject page =
            m_admin->call(client::Op::Exchanges, {{"filter", text}, {"limit", "100"}});
        for (const QJsonValue &exchange : page["exchanges"].toArray())
            seqs.push_back(quint64(exchange["seq"].toInteger()));
        return listed(seqs);
    }
    QString shownRows(const QString &text) const
    {
        const ProgramRun run({"show", capture(), "--format", "json", "--", text});
        std::vector<quint64> seqs;
        for (const QByteArray &line : run.output.split('\n')) {
            if (!line.isEmpty())
                seqs.push_back(quint64(QJsonDocument::fromJson(line)["seq"].toInteger()));
        }
        return run.errors.isEmpty() ? listed(seqs) : QString::fromUtf8(run.errors);
    }
    QString windowRows() const
    {
        const TrafficModel &model = *qobject_cast<TrafficModel *>(m_real.list().model());
        std::vector<quint64> seqs;
        for (int row = 0; row < model.rowCount(); ++row)
            seqs.push_back(model.seqAt(row));
        return listed(seqs);
    }

    RealWorkbench m_real;
    std::unique_ptr<AdminClient> m_admin;
    int m_hits = 0;
};

QTEST_MAIN(TestSameRows)
#include "tst_samerows.moc"
