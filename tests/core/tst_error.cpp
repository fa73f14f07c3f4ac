// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/result.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <cerrno>

using namespace gatehouse;

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

/// S002-86..90, S002-106
class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasAStatusANameAndAdvice()
    {
        static const QRegularExpression shape("^[a-z]+(_[a-z]+)*$");
        QSet<QString> names;
        for (int i = 0; i < errorCodeCount; ++i) {
            const auto code = ErrorCode(i);
            const QString name = toText(errorName(code));
            QVERIFY2(shape.match(name).hasMatch(), qPrintable(name));
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QVERIFY2(httpStatus(code) >= 400 && httpStatus(code) < 600, qPrintable(name));
            QVERIFY2(errorAdvice(code).ends_with('.'), qPrintable(name));
        }
    }

    void codesHaveTheStatusOfTheirKind_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        const auto row = [](ErrorCode code, int status) {
            QTest::newRow(qPrintable(toText(errorName(code)))) << int(code) << status;
        };
        row(ErrorCode::BadRequest, 400);
        row(ErrorCode::Unauthorized, 401);
        row(ErrorCode::Forbidden, 403);
        row(ErrorCode::NotFound, 404);
        row(ErrorCode::MethodNotAllowed, 405);
        row(ErrorCode::RequestTimeout, 408);
        row(ErrorCode::PayloadTooLarge, 413);
        row(ErrorCode::UriTooLong, 414);
        row(ErrorCode::RateLimited, 429);
        row(ErrorCode::HeaderTooLarge, 431);
        row(ErrorCode::Internal, 500);
        row(ErrorCode::UpstreamReset, 502);
        row(ErrorCode::CircuitOpen, 503);
        row(ErrorCode::Timeout, 504);
        row(ErrorCode::VersionNotSupported, 505);
    }
    void codesHaveTheStatusOfTheirKind()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        QCOMPARE(httpStatus(ErrorCode(code)), status);
    }

    void pathsGrowFromTheInside()
    {
        const Error error(ErrorCode::InvalidConfig, "must be at least 1");
        QCOMPARE(error.text(), "must be at least 1");
        const Error outer = error.at("limit").at("routes[3]");
        QCOMPARE(outer.path(), "routes[3].limit");
        QCOMPARE(outer.text(), "routes[3].limit: must be at least 1");
        QCOMPARE(error.path(), ""); // copies do not share what is changed
    }

    void causesAndContextAreKept()
    {
        const Error error = Error(ErrorCode::UpstreamReset, "no answer")
                                .causedBy("Connection reset by peer")
                                .causedBy("recv")
                                .with("instance", "10.0.0.1")
                                .with("attempt", "2");
        QCOMPARE(error.cause(), "recv: Connection reset by peer");
        QCOMPARE(error.context().size(), std::size_t(2));
        QCOMPARE(error.context()[1].first, "attempt");
        QVERIFY(error.at("x").code() == ErrorCode::UpstreamReset);
    }

    void aFailureIsTheOtherSideOfAResult()
    {
        const Result<int> failed = fail(ErrorCode::Timeout, "late");
        QVERIFY(!failed);
        QCOMPARE(failed.error().message(), "late");
        const Result<void> system = fail(ErrorCode::Unavailable, "open", ENOENT);
        QCOMPARE(system.error().cause(), qt_error_string(ENOENT));
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
