// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

#include <QFile>
#include <QTemporaryDir>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

class TestRespond : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFixedAnswerIsGiven()
    {
        ChainRunner runner(test::make("respond", R"(
status: 503
headers: {Retry-After: "120"}
body: "back soon {path}"
)"));
        const Answer answer = runner.send();
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.value("Retry-After"), "120");
        QCOMPARE(answer.value("Content-Type"), "text/plain; charset=utf-8");
        QCOMPARE(answer.body, "back soon {path}");
        QCOMPARE(runner.send().body, "back soon {path}"); // nothing of the first is left
        QCOMPARE(runner.handled(), 0);
    }

    void withoutABodyThereIsNoContentType()
    {
        const Answer answer = ChainRunner(test::make("respond", "status: 204")).send();
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.value("Content-Type"), "(none)");
        QVERIFY(answer.body.isEmpty());
    }

    void aTemplateIsFilled()
    {
        ChainRunner runner(test::make(
            "respond",
            "{template: true, body: '{{\"id\": \"{id}\"}}', content_type: application/json}"));
        const PathParam params[] = {{"id", "a\"b"}};
        runner.exchange().setPathParams(params);
        const Answer answer = runner.send();
        QCOMPARE(answer.value("Content-Type"), "application/json");
        QCOMPARE(answer.json()["id"].toString(), "a%22b");
    }

    void aFileIsReadWhenTheConfigurationIs()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("page.html"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<h1>page</h1>");
        file.close();
        middleware::BuildContext context;
        context.folder = folder.path().toStdString();
        ChainRunner runner(test::make("respond", "file: page.html", context));
        QVERIFY(file.remove());
        QCOMPARE(runner.send().body, "<h1>page</h1>");
        QVERIFY(test::refusal("respond", "file: page.html", context).startsWith("file: "));
        QVERIFY(test::refusal("respond", "{file: page.html, body: x}").startsWith("file: "));
    }

    void badSettingsNameTheirKey()
    {
        QVERIFY(test::refusal("respond", "status: 101").startsWith("status: "));
        QVERIFY(test::refusal("respond", "{template: true, body: '{'}").startsWith("body: "));
        for (const char *name : {"Content-Length", "Connection", "Transfer-Encoding", "a b"})
            QVERIFY2(test::refusal("respond", std::string("headers: {") + name + ": x}")
                         .startsWith(QString("headers.%1: ").arg(name)),
                     name);
        QVERIFY(test::refusal("respond", "headers: {X: \"a\\nb\"}").startsWith("headers.X: "));
    }
};

QTEST_GUILESS_MAIN(TestRespond)
#include "tst_respond.moc"
