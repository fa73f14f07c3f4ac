// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/memorystore.h"
#include "tests/auth/signer.h"
#include "tests/middleware/builtin.h"

#include <QFile>
#include <QTemporaryDir>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::Signer;

namespace {

const QByteArray start = "GET / HTTP/1.1\r\nHost: a";

qint64 secondsFromNow(int seconds)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count() + seconds;
}

std::string inSeconds(int seconds)
{
    return std::to_string(secondsFromNow(seconds));
}

std::string claims(const std::string &more = {})
{
    return "{\"sub\":\"ada\",\"exp\":" + inSeconds(600) + (more.empty() ? "" : "," + more) + '}';
}

QByteArray bearer(const std::string &token)
{
    return start + "\r\nAuthorization: Bearer " + QByteArray::fromStdString(token);
}

std::string withSecret(const std::string &more = {})
{
    return std::string("secret: ") + Signer::secret + '\n' + more;
}

QString codeOf(const Answer &answer)
{
    return QString::number(answer.status) + ' ' + answer.json()["code"].toString() + ": "
        + answer.json()["detail"].toString();
}

/// A store that cannot answer.
class DownStore final : public state::StateStore
{
public:
    Task<Result<std::optional<state::Entry>>> get(std::string) override
    {
        co_await test::NextTick();
        co_return fail(ErrorCode::Unavailable, "down");
    }
    Task<Result<void>> set(std::string, std::string, state::Milliseconds) override
    {
        co_return Result<void>();
    }
    Task<Result<bool>> setIfAbsent(std::string, std::string, state::Milliseconds) override
    {
        co_return true;
    }
    Task<Result<qint64>> increment(std::string, qint64, state::Milliseconds) override
    {
        co_return 0;
    }
    Task<Result<bool>> remove(std::string) override { co_return true; }
    Task<Result<std::vector<std::string>>> keys(std::string, int) override
    {
        co_return std::vector<std::string>();
    }
};

middleware::BuildContext contextWith(const middleware::Services &services)
{
    middleware::BuildContext context;
    context.environment = "production";
    context.name = "middleware.jwt";
    context.services = &services;
    return context;
}

} // namespace

/// What outlives a request: versions in the store, the audit log.
class TestJwtState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S000-36, S000-I05, S000-I06, S000-I04: at once, although the token is in the cache
    void aNewVersionRevokes()
    {
        middleware::Services services;
        const auto store = std::make_shared<state::MemoryStore>();
        services.store = store;
        ChainRunner runner(
            test::make("jwt", withSecret("token_version: {}"), contextWith(services)));
        const auto put = [&store](const std::string &version) {
            return test::run(store->set("user:production:ada@a.example:tokenVersion", version,
                                        std::chrono::hours(1)));
        };
        const std::string base = "\"email\":\"ada@a.example\"";
        const QByteArray first = bearer(Signer("HS256").token(claims(base)));
        const QByteArray zero = bearer(Signer("HS256").token(claims(base + ",\"tokenVersion\":0")));
        const QByteArray one = bearer(Signer("HS256").token(claims(base + ",\"tokenVersion\":1")));
        QCOMPARE(runner.send(first).status, 200);
        QCOMPARE(runner.send(zero).status, 200);
        QCOMPARE(runner.send(one).status, 401);
        QVERIFY(put("1"));
        const Answer revoked = runner.send(zero);
        QCOMPARE(codeOf(revoked),
                 "401 REVOKE_TOKEN_ERROR: For security reasons, your session is no longer valid. "
                 "Please sign in again");
        QCOMPARE(runner.send(one).status, 200);
        QVERIFY(put("2"));
        QCOMPARE(runner.send(one).status, 401);
        QCOMPARE(runner.send(bearer(Signer("HS256").token(claims()))).status, 401); // no email
    }

    // S000-I08: what a store that is down means is configured
    void aStoreThatIsDownAllowsOrDenies()
    {
        middleware::Services services;
        services.store = std::make_shared<DownStore>();
        const QByteArray request =
            bearer(Signer("HS256").token(claims("\"email\":\"a@b\",\"tokenVersion\":1")));
        ChainRunner allowing(test::make("jwt", withSecret("token_version: {on_error: allow}"),
                                        contextWith(services)));
        QCOMPARE(allowing.send(request).status, 200);
        ChainRunner denying(test::make("jwt", withSecret("token_version: {on_error: deny}"),
                                       contextWith(services)));
        QCOMPARE(denying.send(request).status, 503);
        services.isAllowedOnError = false;
        ChainRunner preset(
            test::make("jwt", withSecret("token_version: {}"), contextWith(services)));
        QCOMPARE(preset.send(request).status, 503);
        (void)preset.prepare(request);
        Task<Response> cancelled = preset.start();
        cancelled.start();
        QVERIFY(!cancelled.isDone()); // and goes while it waits
    }

    // S000-I09
    void refusedTokensAreAudited()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("audit.log");
        const auto linesOf = [&path] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n').size() - 1 : -1;
        };
        {
            const middleware::Services services;
            ChainRunner runner(test::make("jwt",
                                          withSecret("audit: {path: " + path.toStdString() + '}'),
                                          contextWith(services)));
            for (int i = 0; i < 51; ++i)
                QCOMPARE(runner.send(bearer("garbage")).status, 401);
            QCOMPARE(linesOf(), 50);                        // a batch
            QTRY_COMPARE_WITH_TIMEOUT(linesOf(), 51, 5000); // the timer
            QCOMPARE(runner.send(bearer("other.garbage")).status, 401);
            QCOMPARE(linesOf(), 51);
        }
        QCOMPARE(linesOf(), 52); // the end
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(!text.contains("garbage"));
        const QJsonObject line = QJsonDocument::fromJson(text.left(text.indexOf('\n'))).object();
        QCOMPARE(line["environment"].toString(), "production");
        QCOMPARE(line["client"].toString(), "192.0.2.7");
        QCOMPARE(line["reason"].toString(), "the token has no three parts");
        QCOMPARE(line["token_sha256"].toString().size(), 64);
    }
};

QTEST_GUILESS_MAIN(TestJwtState)
#include "tst_jwtstate.moc"
