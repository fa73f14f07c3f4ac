// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerenvironment.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace gatehouse::ui {

namespace {

constexpr std::size_t mostVariables = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Composer", text);
}

/// The name in `${NAME}`; empty if the value is none.
QString processName(const QString &value)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}"));
    return form.match(value.trimmed()).captured(1);
}

/// Nothing: there is no value, and \a problem says why.
std::optional<QString> valueOf(const ComposerVariable *variable, const VariableUse &use,
                               const ComposerEnvironment &environment, QString &problem)
{
    if (!variable) {
        problem = environment.name.isEmpty()
            ? tr("{{%1}} has no value: no environment is chosen.").arg(use.name)
            : tr("{{%1}} has no value in the environment %2.").arg(use.name, environment.name);
        return std::nullopt;
    }
    const QString name = processName(variable->value);
    if (name.isEmpty() && variable->isSecret && variable->value.isEmpty()) {
        problem =
            tr("{{%1}} is a secret that is kept for one session: type it in again.").arg(use.name);
        return std::nullopt;
    }
    if (name.isEmpty())
        return variable->value;
    if (!qEnvironmentVariableIsSet(name.toLatin1().constData())) {
        problem = tr("{{%1}} comes from the variable %2 of the program, which is not set.")
                      .arg(use.name, name);
        return std::nullopt;
    }
    return qEnvironmentVariable(name.toLatin1().constData());
}

} // namespace

const ComposerVariable *ComposerEnvironment::find(const QString &variable) const
{
    const auto it = std::ranges::find(variables, variable, &ComposerVariable::name);
    return it == variables.end() ? nullptr : &*it;
}

std::vector<VariableUse> variablesIn(const QString &text)
{
    static const QRegularExpression form("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_.-]*)\\s*\\}\\}");
    std::vector<VariableUse> out;
    for (auto it = form.globalMatch(text); it.hasNext() && out.size() < mostVariables;) {
        const QRegularExpressionMatch match = it.next();
        out.push_back({match.capturedStart(), match.capturedLength(), match.captured(1)});
    }
    return out;
}

bool isOnlyVariables(const QString &text)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(
        "([A-Za-z]+ )?(\\s*\\{\\{\\s*[A-Za-z_][A-Za-z0-9_.-]*\\s*\\}\\}\\s*)+"));
    return form.match(text).hasMatch();
}

ResolvedText resolved(const QString &text, const ComposerEnvironment &environment, Secrets secrets)
{
    ResolvedText out;
    qsizetype at = 0;
    for (const VariableUse &use : variablesIn(text)) {
        const ComposerVariable *const variable = environment.find(use.name);
        if (secrets == Secrets::Keep && variable && variable->isSecret)
            continue;
        QString problem;
        const std::optional<QString> value = valueOf(variable, use, environment, problem);
        if (!value) {
            if (!out.problems.contains(problem))
                out.problems << problem;
            continue;
        }
        out.text += QStringView(text).mid(at, use.start - at);
        out.text += *value;
        at = use.start + use.length;
    }
    out.text += QStringView(text).mid(at);
    return out;
}

QJsonObject toJson(const ComposerEnvironment &environment)
{
    QJsonArray variables;
    for (const ComposerVariable &variable : environment.variables) {
        const bool isKept = !variable.isSecret || !processName(variable.value).isEmpty();
        variables.append(QJsonObject{{"name", variable.name},
                                     {"value", isKept ? variable.value : QString()},
                                     {"secret", variable.isSecret}});
    }
    return {{"name", environment.name}, {"variables", variables}};
}

ComposerEnvironment environmentFrom(const QJsonObject &json)
{
    ComposerEnvironment environment{json["name"].toString(), {}};
    for (const QJsonValue &each : json["variables"].toArray()) {
        if (environment.variables.size() < mostVariables)
            environment.variables.push_back(
                {each["name"].toString(), each["value"].toString(), each["secret"].toBool()});
    }
    return environment;
}

} // namespace gatehouse::ui
