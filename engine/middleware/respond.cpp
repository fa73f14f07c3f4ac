// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/template.h"

#include <QFile>

namespace gatehouse::middleware {

namespace {

constexpr qint64 largestFile = 16 << 20;

struct Answer
{
    int status = 200;
    std::string contentType;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::optional<Template> bodyTemplate; ///< instead of body, if it has placeholders
};

/// A fixed answer: a mock, a maintenance page, a health check.
class Respond final : public Hooks
{
public:
    explicit Respond(Answer answer) : m_answer(std::move(answer)) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        Response response(exchange.arena(), m_answer.status);
        if (!m_answer.contentType.empty())
            response.headers().add(FieldName::ContentType, "Content-Type", m_answer.contentType);
        for (const auto &[name, value] : m_answer.headers)
            response.headers().set(name, value);
        // The chain outlives the exchange, so a constant body needs no copy.
        const std::string_view body = m_answer.bodyTemplate
            ? m_answer.bodyTemplate->expand(exchange)
            : std::string_view(m_answer.body);
        if (!body.empty())
            response.setBody(makeBody<BufferBody>(exchange.arena(), body));
        return response;
    }

private:
    Answer m_answer;
};

Result<std::string> readFile(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) {
        const Error error(ErrorCode::InvalidConfig, "cannot read " + file.fileName());
        return std::unexpected(error.causedBy(file.errorString()));
    }
    if (file.size() > largestFile)
        return fail(ErrorCode::InvalidConfig, "is larger than 16 MiB; serve it from an upstream");
    return file.readAll().toStdString();
}

Result<void> checkHeaders(const Answer &answer)
{
    for (const auto &[name, value] : answer.headers) {
        const bool isFine = !name.empty() && areAllIn(name, TokenChar)
            && findInvalidValueByte(value) == value.size();
        const FieldName id = fieldNameFrom(name);
        if (isFine && !isHopByHop(id) && id != FieldName::ContentLength)
            continue;
        const Error error(ErrorCode::InvalidConfig, "is not a header field that an answer may set");
        return std::unexpected(error.at(QString::fromStdString(name)).at("headers"));
    }
    return {};
}

class RespondFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "respond"; }
    [[nodiscard]] bool answers() const override { return true; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"status",
                        Schema::integer(200, 599).withDefault("200").describe("Status code.")},
                       {"headers", Schema::map(Schema::text()).describe("Fields of the answer.")},
                       {"body", Schema::text().describe("The content.")},
                       {"template",
                        Schema::boolean().withDefault("false").describe(
                            "Fill {placeholders} in the body.")},
                       {"file",
                        Schema::text().describe(
                            "A file with the content, read when the configuration is loaded.")},
                       {"content_type",
                        Schema::text()
                            .withDefault("text/plain; charset=utf-8")
                            .describe("Content-Type of the content.")},
                   })
            .describe("Answers every request itself: a mock or a fixed page.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        Answer answer;
        answer.status = int(settings.integerOf("status", 200));
        answer.body = settings.textOf("body");
        if (const config::Node *headers = settings.find("headers")) {
            for (const config::Node::Member &member : headers->members())
                answer.headers.emplace_back(member.key, member.value.text());
        }
        if (const Result<void> checked = checkHeaders(answer); !checked)
            return std::unexpected(checked.error());
        if (const std::string file = settings.textOf("file"); !file.empty()) {
            if (!answer.body.empty())
                return std::unexpected(
                    Error(ErrorCode::InvalidConfig, "stands beside body; give one of them")
                        .at("file"));
            Result<std::string> content = readFile(resolvePath(context.folder, file));
            if (!content)
                return std::unexpected(content.error().at("file"));
            answer.body = std::move(*content);
        }
        if (settings.flagOf("template")) {
            Result<Template> parsed = Template::parse(answer.body);
            if (!parsed)
                return std::unexpected(parsed.error().at("body"));
            answer.bodyTemplate = std::move(*parsed);
        }
        if (!answer.body.empty())
            answer.contentType = settings.textOf("content_type");
        return std::make_unique<Respond>(std::move(answer));
    }
};

} // namespace

FactoryPtr makeRespondFactory()
{
    return std::make_unique<RespondFactory>();
}

} // namespace gatehouse::middleware
