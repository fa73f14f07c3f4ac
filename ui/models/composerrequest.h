// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace gatehouse::ui {

/// A name with a value in a request under edit; what is off stays in the list and is not sent.
struct ComposerField
{
    QString name;
    QString value;
    bool isOn = true;
    bool operator==(const ComposerField &) const = default;
};

using ComposerFields = std::vector<ComposerField>;

struct ComposerBody
{
    enum class Kind { None, Text, Json, Form, File, Bytes };

    Kind kind = Kind::None;
    QString text; ///< of Text and Json
    ComposerFields form;
    QString file;     ///< path of File
    QByteArray bytes; ///< of Bytes: what is no text, from a recorded exchange
    bool operator==(const ComposerBody &) const = default;
};

/// A request as a person edits it: `{{name}}` stands for a variable everywhere.
struct ComposerRequest
{
    QString method = QStringLiteral("GET");
    QString target = QStringLiteral("/"); ///< path with query, or a whole URL
    bool isDirect = false; ///< straight to an instance of a service, past the gateway
    QString gateway;       ///< URL of a listener; empty: the first one
    QString instance;      ///< URL of the instance; of direct ones
    ComposerFields query;  ///< those that are on stand in the target, too
    ComposerFields headers;
    ComposerBody body;
    bool operator==(const ComposerRequest &) const = default;

    /// "POST /v1/orders": for tabs and lists.
    [[nodiscard]] QString title() const;
};

/// Whether a header carries a credential, so that its value is neither stored nor shown unasked.
[[nodiscard]] bool isCredentialHeader(const QString &name);

/// For the settings file. Values of credential headers are left out, unless they are nothing but
/// variables; so are bodies of more than 256 KiB.
[[nodiscard]] QJsonObject toJson(const ComposerRequest &request);
/// What is missing or of another type takes its default.
[[nodiscard]] ComposerRequest requestFrom(const QJsonObject &json);

} // namespace gatehouse::ui
