// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/preferences.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QKeySequence>
#include <QPointer>

#include <map>
#include <span>

namespace gatehouse::ui {

/// Where a key works. Single letters are for lists only (List is that of traffic), so that they can
/// be typed elsewhere.
enum class KeyScope { Window, List, Body, Composer, Routes, Limits };

/// A line of the one table from which menus, tooltips, palette and key sheet are made.
struct ShortcutInfo
{
    const char *id;   ///< "traffic.replay": also the key in the settings
    const char *text; ///< "&Resend"
    const char *keys; ///< "Ctrl+R; R": the first one is shown
    KeyScope scope;
    Glyph glyph;
};

[[nodiscard]] std::span<const ShortcutInfo> shortcutTable();
[[nodiscard]] QString scopeName(KeyScope scope);

/// Gives actions their text, icon and keys, and lets the user change the keys.
class Shortcuts : public QObject
{
    Q_OBJECT

public:
    /// \a preferences keeps changed keys; it is not owned and must outlive the object.
    explicit Shortcuts(Preferences &preferences, QObject *parent = nullptr);
    ~Shortcuts() override;

    /// A new action of \a owner for the line \a id of the table, which must exist. Its keys work
    /// where \a owner is: in its window for the scope Window, else in the widget it is added to.
    [[nodiscard]] QAction *make(const QString &id, QObject *owner);
    /// The actions that exist now, in the order of the table; several windows may have one each.
    [[nodiscard]] QList<QAction *> actions() const;
    /// nullptr if nobody has made it.
    [[nodiscard]] QAction *action(const QString &id) const;

    [[nodiscard]] QList<QKeySequence> keys(const QString &id) const;
    /// Why \a keys cannot be those of \a id: "Ctrl+R is already Resend"; empty if they can.
    [[nodiscard]] QString conflict(const QString &id, const QKeySequence &keys) const;
    /// False, and nothing changes, if there is a conflict. No keys at all are allowed.
    bool rebind(const QString &id, const QList<QKeySequence> &keys);
    void resetAll();

Q_SIGNALS:
    void changed();

private:
    void dress(QAction &action, const ShortcutInfo &info) const;
    void dressAll();

    Preferences &m_preferences;
    std::map<QString, QList<QKeySequence>> m_changed;
    std::map<QString, QList<QPointer<QAction>>> m_actions;
};

} // namespace gatehouse::ui
