// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/testreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamWriter>

#include <algorithm>

namespace gatehouse::app {

namespace {

qsizetype failedOf(const std::vector<TestResult> &results)
{
    return std::ranges::count(results, false, &TestResult::isPassed);
}

QString seconds(qint64 microseconds)
{
    return QString::number(double(microseconds) / 1e6, 'f', 6);
}

} // namespace

QByteArray junitReport(const std::string &suite, const std::vector<TestResult> &results)
{
    QByteArray report;
    QXmlStreamWriter xml(&report);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", QString::fromStdString(suite));
    xml.writeAttribute("tests", QString::number(results.size()));
    xml.writeAttribute("failures", QString::number(failedOf(results)));
    for (const TestResult &result : results) {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", QString::fromStdString(suite));
        xml.writeAttribute("name", result.name);
        xml.writeAttribute("time", seconds(result.durationUs));
        if (!result.isPassed) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", result.failures.value(0));
            xml.writeCharacters(result.failures.join('\n') + '\n' + result.sentence);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    return report;
}

QByteArray jsonReport(const std::vector<TestResult> &results)
{
    QJsonArray tests;
    for (const TestResult &result : results)
        tests.append(QJsonObject{{"name", result.name},
                                 {"passed", result.isPassed},
                                 {"failures", QJsonArray::fromStringList(result.failures)},
                                 {"sentence", result.sentence},
                                 {"duration_us", result.durationUs}});
    const qint64 failed = failedOf(results);
    const QJsonObject report{
        {"passed", qint64(results.size()) - failed}, {"failed", failed}, {"tests", tests}};
    return QJsonDocument(report).toJson();
}

std::string textLine(const TestResult &result)
{
    QString text = (result.isPassed ? "ok      " : "FAILED  ") + result.name;
    for (const QString &failure : result.failures)
        text += "\n        " + failure;
    if (!result.isPassed && !result.sentence.isEmpty())
        text += "\n        " + result.sentence;
    return text.toStdString();
}

} // namespace gatehouse::app
