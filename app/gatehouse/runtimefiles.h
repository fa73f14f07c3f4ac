// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QTemporaryDir>

#include <optional>

namespace gatehouse::app {

/// What a running engine leaves in the user's runtime folder (mode 0600) so that a workbench finds
/// it: engine-PID.json, and engine-PID.token if one is needed. Both go with the engine.
class RuntimeFiles
{
public:
    RuntimeFiles() = default;
    ~RuntimeFiles();
    Q_DISABLE_COPY_MOVE(RuntimeFiles)

    /// A fresh token, and the path of the file that has it: in the runtime folder, or where others
    /// can look into that, in a new one. Empty if no file can be written at all.
    QString writeToken(QByteArray &token);
    /// \a description is what the ready line says.
    void announce(const QJsonObject &description);

    /// "$XDG_RUNTIME_DIR/gatehouse", or a private folder below the temporary one.
    [[nodiscard]] static QString folder();

private:
    [[nodiscard]] static QString path(const char *suffix);

    QString m_token;
    std::optional<QTemporaryDir> m_spare; ///< in place of the runtime folder
    QString m_description;
};

} // namespace gatehouse::app
