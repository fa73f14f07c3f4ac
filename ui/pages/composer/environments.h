// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerenvironment.h"

#include <QObject>

namespace gatehouse::ui {

class Preferences;

/// The environments of the user and which of them is in force. Kept in the preferences, but for
/// values of secrets, which last as long as the object.
class Environments : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t most = 50;

    /// \a preferences is not owned and must outlive the object.
    explicit Environments(Preferences &preferences, QObject *parent = nullptr);
    ~Environments() override;

    [[nodiscard]] const std::vector<ComposerEnvironment> &all() const { return m_all; }
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QString currentName() const { return m_current; }
    /// Without a name if none is chosen.
    [[nodiscard]] ComposerEnvironment current() const;

    /// A name that is not there chooses none.
    void choose(const QString &name);
    void setAll(std::vector<ComposerEnvironment> all);

Q_SIGNALS:
    void changed();

private:
    void store();

    Preferences &m_preferences;
    std::vector<ComposerEnvironment> m_all;
    QString m_current;
};

} // namespace gatehouse::ui
