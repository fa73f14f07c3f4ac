// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace gatehouse::client {

namespace {

/// A YAML scalar in double quotes is a JSON string.
QByteArray quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

QByteArray quoted(const QByteArray &bytes)
{
    return quoted(QString::fromUtf8(bytes));
}

bool isText(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).toUtf8() == bytes;
}

void addHeaders(QByteArray &to, const HeaderList &headers, const QByteArray &indent)
{
    if (headers.empty())
        return;
    to += indent + "headers:\n";
    for (const auto &[name, value] : headers)
        to += indent + "  " + quoted(name) + ": " + quoted(value) + "\n";
}

void addBody(QByteArray &to, const QByteArray &body, const QByteArray &indent)
{
    if (body.isEmpty())
        return;
    if (isText(body))
        to += indent + "body: " + quoted(body) + "\n";
    else
        to += indent + "body_base64: " + body.toBase64() + "\n";
}

/// What the connection or the sender writes itself, or what would find another exchange.
bool isKept(const QString &name)
{
    static const QStringList own{"connection",
                                 "content-length",
                                 "transfer-encoding",
                                 "gatehouse-tag",
                                 "accept-encoding",
                                 "keep-alive",
                                 "x-forwarded-for",
                                 "x-forwarded-proto",
                                 "x-forwarded-host",
                                 "forwarded",
                                 "via",
                                 "date",
                                 "server"};
    return !own.contains(name.toLower());
}

/// Masked values are no values: a variable stands for them.
QByteArray valueOf(const HeaderLine &line)
{
    if (!line.isMasked)
        return line.value.toUtf8();
    QString variable = line.name.toUpper();
    variable.replace('-', '_');
    return "${" + variable.toUtf8() + "}";
}

HeaderList headersOf(const Message &message)
{
    HeaderList headers;
    for (const HeaderLine &line : message.headers) {
        if (isKept(line.name))
            headers.emplace_back(line.name.toUtf8(), valueOf(line));
    }
    return headers;
}

/// A limit denies once it is used up: the request is sent that often, and the stub answers before.
void fillLimit(TestCase &test, const ExchangeDetail &detail)
{
    constexpr qint64 mostRepeats = 100'000;
    for (const LimitStep &limit : detail.limits) {
        if (!limit.isDenied)
            continue;
        const qint64 cost = std::max<qint64>(limit.cost, 1);
        test.repeat = int(std::clamp<qint64>(limit.limitValue / cost + 1, 1, mostRepeats));
        if (test.upstream.empty())
            test.upstream.push_back({});
    }
}

} // namespace

QStringList suggestedExpectations(const ExchangeDetail &detail)
{
    const QJsonObject &summary = detail.summary;
    QStringList expect{QString("status:%1").arg(summary["status"].toInt())};
    const auto add = [&expect](const char *field, const QString &value) {
        if (!value.isEmpty())
            expect << QString("%1=\"%2\"")
                          .arg(QLatin1String(field), QString(value).replace('"', "\\\""));
    };
    expect << "decision:" + summary["decision"].toString();
    add("route", summary["route"].toString());
    if (summary["decision"].toString() == "limited")
        add("deniedby", summary["limit"].toString());
    add("error", summary["error"].toString());
    add("type", summary["type"].toString());
    if (summary["decision"].toString() != "passed")
        add("by", summary["by"].toString());
    return expect;
}

TestCase testFrom(const ExchangeDetail &detail, const QByteArray &requestBody,
                  const QByteArray &answerBody)
{
    TestCase test;
    const QJsonObject &summary = detail.summary;
    test.method = summary["method"].toString().toUtf8();
    test.target = summary["path"].toString();
    if (!summary["query"].toString().isEmpty())
        test.target += '?' + summary["query"].toString();
    test.name = QString("%1 %2 answers %3")
                    .arg(summary["method"].toString(), summary["path"].toString())
                    .arg(summary["status"].toInt());
    if (const Message *received = detail.message(Message::Received))
        test.headers = headersOf(*received);
    test.body = requestBody;
    if (const Message *got = detail.message(Message::Got)) {
        TestCase::Upstream answer;
        answer.status = got->startLine.section(' ', 1, 1).toInt();
        answer.headers = headersOf(*got);
        answer.body = answerBody;
        for (qint64 i = 0; i < summary["retries"].toInteger(); ++i)
            test.upstream.push_back({503, {}, {}, 0}); // what made the gateway try again
        test.upstream.push_back(answer);
    }
    test.expect = suggestedExpectations(detail);
    fillLimit(test, detail);
    return test;
}

QByteArray toYaml(const std::vector<TestCase> &cases)
{
    QByteArray yaml = "version: 1\ntests:\n";
    for (const TestCase &test : cases) {
        yaml += "  - name: " + quoted(test.name) + "\n";
        if (test.repeat != 1)
            yaml += "    repeat: " + QByteArray::number(test.repeat) + "\n";
        yaml += "    request:\n      method: " + quoted(test.method) + "\n";
        yaml += "      target: " + quoted(test.target) + "\n";
        addHeaders(yaml, test.headers, "      ");
        addBody(yaml, test.body, "      ");
        if (!test.upstream.empty())
            yaml += "    upstream:\n";
        for (const TestCase::Upstream &answer : test.upstream) {
            yaml += "      - status: " + QByteArray::number(answer.status) + "\n";
            if (answer.delayMs > 0)
                yaml += "        delay: " + QByteArray::number(answer.delayMs) + "ms\n";
            addHeaders(yaml, answer.headers, "        ");
            addBody(yaml, answer.body, "        ");
        }
        yaml += "    expect:\n";
        for (const QString &expectation : test.expect)
            yaml += "      - " + quoted(expectation) + "\n";
    }
    return yaml;
}

} // namespace gatehouse::client
