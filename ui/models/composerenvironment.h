// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

struct ComposerVariable
{
    QString name;
    QString value; ///< `${NAME}`: taken from the environment of the program when it is used
    bool isSecret = false;
    bool operator==(const ComposerVariable &) const = default;
};

/// Values for `{{name}}` in requests: one set for each place that one sends to.
struct ComposerEnvironment
{
    QString name;
    std::vector<ComposerVariable> variables;
    bool operator==(const ComposerEnvironment &) const = default;

    [[nodiscard]] const ComposerVariable *find(const QString &variable) const;
};

/// A `{{name}}` in a text.
struct VariableUse
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString name;
};
[[nodiscard]] std::vector<VariableUse> variablesIn(const QString &text);
/// Nothing but variables and, before them, the scheme of an Authorization: "Bearer {{TOKEN}}".
[[nodiscard]] bool isOnlyVariables(const QString &text);

enum class Secrets { Resolve, Keep };

/// A text with its variables replaced.
struct ResolvedText
{
    QString text;
    /// A sentence for each variable without a value.
    QStringList problems;
};
/// \a secrets Keep: secret variables stay as they are written, for what goes to the clipboard.
[[nodiscard]] ResolvedText resolved(const QString &text, const ComposerEnvironment &environment,
                                    Secrets secrets = Secrets::Resolve);

/// For the settings file: without values of secrets, unless they are `${NAME}`.
[[nodiscard]] QJsonObject toJson(const ComposerEnvironment &environment);
[[nodiscard]] ComposerEnvironment environmentFrom(const QJsonObject &json);

} // namespace gatehouse::ui
