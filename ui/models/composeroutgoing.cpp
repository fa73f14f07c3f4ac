// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composeroutgoing.h"

#include "ui/models/composerquery.h"
#include "ui/models/units.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace gatehouse::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Composer", text);
}

/// RFC 9110, section 5.6.2.
bool isToken(const QString &text)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"));
    return form.match(text).hasMatch();
}

class Planner
{
public:
    Planner(const ComposerRequest &request, const ComposerEnvironment &environment, Secrets secrets)
        : m_request(request)
        , m_environment(environment)
        , m_secrets(secrets)
    {
    }

    void addMethod();
    void addTarget(const QString &base);
    void addHeaders();
    void addBody(FileBodies files);
    [[nodiscard]] OutgoingPlan take() { return std::move(m_plan); }

private:
    QString resolve(const QString &text, ComposerPlace place);
    void refuse(ComposerPlace place, const QString &sentence);
    void addFile(FileBodies files);
    void addType(const char *type);

    const ComposerRequest &m_request;
    const ComposerEnvironment &m_environment;
    Secrets m_secrets;
    OutgoingPlan m_plan;
};

void Planner::refuse(ComposerPlace place, const QString &sentence)
{
    const ComposerProblem problem{place, sentence};
    if (std::ranges::find(m_plan.problems, problem) == m_plan.problems.end())
        m_plan.problems.push_back(problem);
}

QString Planner::resolve(const QString &text, ComposerPlace place)
{
    const ResolvedText done = resolved(text, m_environment, m_secrets);
    for (const QString &problem : done.problems)
        refuse(place, problem);
    return done.text;
}

void Planner::addMethod()
{
    const QString method = m_request.method.trimmed();
    if (!isToken(method))
        refuse(ComposerPlace::Method,
               method.isEmpty() ? tr("Choose a method, such as GET.")
                                : tr("A method has no spaces or brackets: write it as GET."));
    m_plan.request.method = method.toLatin1();
}

void Planner::addTarget(const QString &base)
{
    QString text = resolve(m_request.target.trimmed(), ComposerPlace::Target).section('#', 0, 0);
    const bool isWhole = text.contains(QStringLiteral("://"));
    if (!isWhole) {
        if (base.isEmpty()) {
            refuse(ComposerPlace::Target,
                   m_request.isDirect
                       ? tr("No instance is chosen to send to.")
                       : tr("The gateway is not running: run it, or write a whole URL."));
            return;
        }
        text = base + (text.startsWith('/') ? text : '/' + text);
    }
    const QUrl url(text, QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty())
        refuse(ComposerPlace::Target, tr("This is no URL: %1").arg(url.errorString()));
    else if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
        refuse(ComposerPlace::Target, tr("Only http:// and https:// can be sent to."));
    m_plan.request.url = url;
}

void Planner::addHeaders()
{
    for (const ComposerField &header : m_request.headers) {
        if (!header.isOn || (header.name.isEmpty() && header.value.isEmpty()))
            continue;
        const QString name = resolve(header.name.trimmed(), ComposerPlace::Headers);
        const QString value = resolve(header.value, ComposerPlace::Headers);
        if (!isToken(name))
            refuse(ComposerPlace::Headers,
                   name.isEmpty()
                       ? tr("A header has a value and no name.")
                       : tr("\"%1\" cannot be the name of a header.").arg(name.left(60)));
        else if (value.contains('\n') || value.contains('\r') || value.contains(QChar(0)))
            refuse(ComposerPlace::Headers,
                   tr("The value of %1 has a line break: a header is one line.").arg(name));
        else
            m_plan.request.headers.emplace_back(name.toLatin1(), value.trimmed().toUtf8());
    }
}

void Planner::addType(const char *type)
{
    for (const auto &[name, value] : m_plan.request.headers) {
        if (name.compare("content-type", Qt::CaseInsensitive) == 0)
            return;
    }
    m_plan.request.headers.emplace_back("Content-Type", type);
}

void Planner::addFile(FileBodies files)
{
    const QString path = resolve(m_request.body.file, ComposerPlace::Body);
    const QFileInfo info(path);
    QFile file(path);
    if (path.isEmpty())
        refuse(ComposerPlace::Body, tr("Choose the file to send."));
    else if (!info.isFile())
        refuse(ComposerPlace::Body, tr("There is no file %1.").arg(path));
    else if (info.size() > mostFileBytes)
        refuse(ComposerPlace::Body,
               tr("The file has %1; at most %2 are sent.")
                   .arg(sizeQuantity(info.size()).text(), sizeQuantity(mostFileBytes).text()));
    else if (files == FileBodies::Read && !file.open(QIODevice::ReadOnly))
        refuse(ComposerPlace::Body, tr("The file cannot be read: %1.").arg(file.errorString()));
    else if (files == FileBodies::Read)
        m_plan.request.body = file.read(mostFileBytes);
}

void Planner::addBody(FileBodies files)
{
    const ComposerBody &body = m_request.body;
    switch (body.kind) {
    case ComposerBody::Kind::None:
        return;
    case ComposerBody::Kind::Text:
    case ComposerBody::Kind::Json:
        m_plan.request.body = resolve(body.text, ComposerPlace::Body).toUtf8();
        addType(body.kind == ComposerBody::Kind::Json ? "application/json"
                                                      : "text/plain; charset=utf-8");
        return;
    case ComposerBody::Kind::Form: {
        ComposerFields fields = body.form;
        for (ComposerField &field : fields) {
            field.name = field.isOn ? resolve(field.name, ComposerPlace::Body) : QString();
            field.value = field.isOn ? resolve(field.value, ComposerPlace::Body) : QString();
        }
        m_plan.request.body = encodedFields(fields).toUtf8();
        addType("application/x-www-form-urlencoded");
        return;
    }
    case ComposerBody::Kind::File:
        addFile(files);
        addType("application/octet-stream");
        return;
    case ComposerBody::Kind::Bytes:
        m_plan.request.body = body.bytes;
        return;
    }
}

} // namespace

OutgoingPlan planFor(const ComposerRequest &request, const ComposerEnvironment &environment,
                     const QString &base, FileBodies files, Secrets secrets)
{
    Planner planner(request, environment, secrets);
    planner.addMethod();
    planner.addTarget(base);
    planner.addHeaders();
    planner.addBody(files);
    return planner.take();
}

QString jsonProblem(const QString &text)
{
    // A variable stands for a value, or within a string for a part of one: a digit fits both.
    QString plain = text;
    for (const VariableUse &use : variablesIn(text))
        plain.replace(use.start, use.length, QString(use.length, '1'));
    QJsonParseError error{};
    const QByteArray bytes = plain.toUtf8();
    // Lone values are JSON, too (RFC 8259, section 2), but QJsonDocument wants a container.
    const QJsonDocument document = QJsonDocument::fromJson('[' + bytes + "\n]", &error);
    if (error.error == QJsonParseError::NoError && document.array().size() == 1)
        return {};
    if (error.error == QJsonParseError::NoError)
        return document.array().isEmpty() ? tr("No JSON yet: the body is empty.")
                                          : tr("JSON is one value: put several into [ ].");
    const qsizetype offset = std::clamp<qsizetype>(error.offset - 1, 0, bytes.size());
    const QByteArray before = bytes.left(offset);
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size() + 1;
    return tr("No valid JSON, line %1, column %2: %3.")
        .arg(line)
        .arg(column)
        .arg(error.errorString());
}

} // namespace gatehouse::ui
