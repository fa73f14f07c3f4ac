// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/testfile.h"

#include "engine/config/schema.h"
#include "engine/config/yamlreader.h"
#include "engine/filter/expression.h"

#include <QFile>
#include <QRegularExpression>

namespace gatehouse::app {

namespace {

using client::TestCase;
using config::Node;
using config::Schema;

constexpr int mostRepeats = 100'000;

Schema fields()
{
    return Schema::map(Schema::text());
}

Schema fileSchema()
{
    const Schema request = Schema::object({{"method", Schema::text()},
                                           {"target", Schema::text().required()},
                                           {"headers", fields()},
                                           {"body", Schema::text()},
                                           {"body_base64", Schema::text()}});
    const Schema answer = Schema::object({{"status", Schema::integer(100, 999)},
                                          {"headers", fields()},
                                          {"body", Schema::text()},
                                          {"body_base64", Schema::text()},
                                          {"delay", Schema::duration()}});
    const Schema test = Schema::object({{"name", Schema::text().required()},
                                        {"repeat", Schema::integer(1, mostRepeats)},
                                        {"request", request.required()},
                                        {"upstream", Schema::list(answer)},
                                        {"expect", Schema::list(Schema::text()).required()}});
    return Schema::object(
        {{"version", Schema::integer(1, 1)}, {"tests", Schema::list(test).required()}});
}

/// Secrets stay out of test files: the environment has them.
QString withVariables(const QString &text, const Node &place, config::Findings &findings)
{
    static const QRegularExpression variable("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\}");
    QString result;
    qsizetype end = 0;
    QRegularExpressionMatchIterator found = variable.globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        const QByteArray name = match.captured(1).toLatin1();
        if (!qEnvironmentVariableIsSet(name.constData()) && match.captured(2).isEmpty())
            findings.push_back(
                {config::Severity::Error, place.mark(), "", "variable",
                 name.toStdString() + " is not set",
                 "set it in the environment, or write ${" + name.toStdString() + ":-default}"});
        result += text.mid(end, match.capturedStart() - end);
        result += qEnvironmentVariable(name.constData(), match.captured(3));
        end = match.capturedEnd();
    }
    return result + text.mid(end);
}

class Reader
{
public:
    explicit Reader(config::Findings &findings) : m_findings(findings) {}

    TestCase read(const Node &node)
    {
        TestCase test;
        test.name = QString::fromStdString(node.textOf("name"));
        test.repeat = int(node.integerOf("repeat", 1));
        const Node &request = *node.find("request");
        test.method = text(request, "method", "GET").toUtf8();
        test.target = text(request, "target", "/");
        test.headers = headers(request);
        test.body = body(request);
        if (const Node *upstream = node.find("upstream")) {
            for (const Node &answer : upstream->items())
                test.upstream.push_back({int(answer.integerOf("status", 200)), headers(answer),
                                         body(answer), int(answer.durationOf("delay").count())});
        }
        for (const Node &expectation : node.find("expect")->items())
            test.expect << expected(expectation);
        return test;
    }

private:
    QString text(const Node &node, const char *key, const char *otherwise = "")
    {
        const Node *const value = node.find(key);
        if (!value)
            return QString::fromLatin1(otherwise);
        return withVariables(QString::fromStdString(value->text()), *value, m_findings);
    }
    client::HeaderList headers(const Node &node)
    {
        client::HeaderList list;
        const Node *const headers = node.find("headers");
        if (!headers)
            return list;
        for (const Node::Member &member : headers->members())
            list.emplace_back(
                QByteArray::fromStdString(member.key),
                withVariables(QString::fromStdString(member.value.text()), member.value, m_findings)
                    .toUtf8());
        return list;
    }
    QByteArray body(const Node &node)
    {
        const QByteArray encoded = QByteArray::fromStdString(node.textOf("body_base64"));
        return encoded.isEmpty() ? text(node, "body").toUtf8() : QByteArray::fromBase64(encoded);
    }
    QString expected(const Node &node)
    {
        const QString text = withVariables(QString::fromStdString(node.text()), node, m_findings);
        const auto parsed = filter::Expression::parse(text);
        if (!parsed)
            m_findings.push_back({config::Severity::Error, node.mark(), "", "filter",
                                  parsed.error().message.toStdString(),
                                  parsed.error().fix.isEmpty()
                                      ? std::string()
                                      : "try " + parsed.error().fix.toStdString()});
        return text;
    }

    config::Findings &m_findings;
};

} // namespace

std::optional<std::vector<TestCase>> readTestFile(const std::string &path,
                                                  config::Findings &findings)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) {
        config::Mark mark;
        mark.file = std::make_shared<std::string>(path);
        findings.push_back({config::Severity::Error, mark, "", "file",
                            "cannot be read: " + file.errorString().toStdString(), ""});
        return std::nullopt;
    }
    std::optional<Node> root =
        config::internal::readYaml(path, file.readAll().toStdString(), findings);
    if (!root)
        return std::nullopt;
    fileSchema().validate(*root, "", findings);
    if (config::hasErrors(findings))
        return std::nullopt;
    std::vector<TestCase> tests;
    Reader reader(findings);
    for (const Node &test : root->find("tests")->items())
        tests.push_back(reader.read(test));
    if (config::hasErrors(findings))
        return std::nullopt;
    return tests;
}

} // namespace gatehouse::app
