// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcuts.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::ui {

namespace {

QList<QKeySequence> parsed(const QString &keys)
{
    QList<QKeySequence> out;
    for (const QString &key : keys.split(QStringLiteral("; "), Qt::SkipEmptyParts))
        out << QKeySequence::fromString(key, QKeySequence::PortableText);
    return out;
}

QString written(const QList<QKeySequence> &keys)
{
    QStringList out;
    for (const QKeySequence &key : keys)
        out << key.toString(QKeySequence::PortableText);
    return out.join(QStringLiteral("; "));
}

const ShortcutInfo *find(const QString &id)
{
    const auto table = shortcutTable();
    const auto it = std::ranges::find_if(
        table, [&](const ShortcutInfo &info) { return id == QLatin1String(info.id); });
    return it == table.end() ? nullptr : &*it;
}

QString stateKey(const QString &id)
{
    return QStringLiteral("keys/") + id;
}

/// Its keys work where its widget has the focus, and text is not typed there.
bool isList(KeyScope scope)
{
    return scope == KeyScope::List || scope == KeyScope::Routes || scope == KeyScope::Limits;
}

// A key of the window works in every part of it.
bool overlap(KeyScope a, KeyScope b)
{
    return a == b || a == KeyScope::Window || b == KeyScope::Window;
}

QString plainText(const ShortcutInfo &info)
{
    return QCoreApplication::translate("Shortcuts", info.text).remove(QLatin1Char('&'));
}

} // namespace

QString scopeName(KeyScope scope)
{
    static const char *const names[] = {
        QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        QT_TRANSLATE_NOOP("Shortcuts", "Lists"),
        QT_TRANSLATE_NOOP("Shortcuts", "Bodies"),
        QT_TRANSLATE_NOOP("Shortcuts", "Composer"),
        QT_TRANSLATE_NOOP("Shortcuts", "List of routes"),
        QT_TRANSLATE_NOOP("Shortcuts", "List of keys"),
    };
    return QCoreApplication::translate("Shortcuts", names[int(scope)]);
}

Shortcuts::Shortcuts(Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
{
    for (const QString &id : preferences.stateKeys(QStringLiteral("keys"))) {
        if (find(id))
            m_changed[id] = parsed(preferences.state(stateKey(id)).toString());
    }
}

Shortcuts::~Shortcuts() = default;

void Shortcuts::dress(QAction &action, const ShortcutInfo &info) const
{
    const QList<QKeySequence> all = keys(QLatin1String(info.id));
    action.setShortcuts(all);
    QString tip = plainText(info).remove(QStringLiteral("…"));
    if (!all.isEmpty())
        tip += QStringLiteral(" (%1)").arg(all.first().toString(QKeySequence::NativeText));
    action.setToolTip(tip);
}

QAction *Shortcuts::make(const QString &id, QObject *owner)
{
    const ShortcutInfo *const info = find(id);
    if (!info)
        qFatal("no action is named %s", qPrintable(id));
    auto *const action =
        new QAction(icon(info->glyph), QCoreApplication::translate("Shortcuts", info->text), owner);
    action->setObjectName(id);
    action->setShortcutContext(info->scope == KeyScope::Window ? Qt::WindowShortcut
                                   : isList(info->scope)       ? Qt::WidgetShortcut
                                                               : Qt::WidgetWithChildrenShortcut);
    dress(*action, *info);
    m_actions[id] << action;
    return action;
}

QList<QAction *> Shortcuts::actions() const
{
    QList<QAction *> out;
    for (const ShortcutInfo &info : shortcutTable()) {
        if (QAction *const found = action(QLatin1String(info.id)))
            out << found;
    }
    return out;
}

QAction *Shortcuts::action(const QString &id) const
{
    const auto it = m_actions.find(id);
    if (it == m_actions.end())
        return nullptr;
    for (const QPointer<QAction> &action : it->second) {
        if (action)
            return action;
    }
    return nullptr;
}

QList<QKeySequence> Shortcuts::keys(const QString &id) const
{
    const auto it = m_changed.find(id);
    if (it != m_changed.end())
        return it->second;
    const ShortcutInfo *const info = find(id);
    return info ? parsed(QLatin1String(info->keys)) : QList<QKeySequence>();
}

QString Shortcuts::conflict(const QString &id, const QKeySequence &wanted) const
{
    const ShortcutInfo *const own = find(id);
    if (!own || wanted.isEmpty())
        return {};
    for (const ShortcutInfo &info : shortcutTable()) {
        if (&info == own || !overlap(info.scope, own->scope))
            continue;
        if (keys(QLatin1String(info.id)).contains(wanted)) {
            return tr("%1 is already \"%2\".")
                .arg(wanted.toString(QKeySequence::NativeText), plainText(info));
        }
    }
    // A letter alone would be taken away from every text field of the window.
    const bool isPlain = wanted.count() == 1 && wanted[0].key() < Qt::Key_Escape
        && !(wanted[0].keyboardModifiers() & ~Qt::ShiftModifier);
    if (isPlain && !isList(own->scope))
        return tr("%1 alone can be used in lists only; add Ctrl or Alt.")
            .arg(wanted.toString(QKeySequence::NativeText));
    return {};
}

bool Shortcuts::rebind(const QString &id, const QList<QKeySequence> &wanted)
{
    const ShortcutInfo *const info = find(id);
    const bool isTaken = std::ranges::any_of(
        wanted, [&](const QKeySequence &key) { return !conflict(id, key).isEmpty(); });
    if (!info || isTaken)
        return false;
    if (wanted == parsed(QLatin1String(info->keys))) {
        m_changed.erase(id);
        m_preferences.removeState(stateKey(id));
    } else {
        m_changed[id] = wanted;
        m_preferences.setState(stateKey(id), written(wanted));
    }
    dressAll();
    return true;
}

void Shortcuts::resetAll()
{
    for (const auto &[id, keys] : m_changed)
        m_preferences.removeState(stateKey(id));
    m_changed.clear();
    dressAll();
}

void Shortcuts::dressAll()
{
    for (const auto &[id, actions] : m_actions) {
        for (const QPointer<QAction> &action : actions) {
            if (action)
                dress(*action, *find(id));
        }
    }
    Q_EMIT changed();
}

} // namespace gatehouse::ui
