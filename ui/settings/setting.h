// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>
#include <QVariant>

#include <functional>

namespace gatehouse::ui {

/// A value of the user with label, default and dirty state, so that a form can be made of it.
/// What is edited shows in edited(); everybody else uses value(), which moves with apply().
class SettingBase : public QObject
{
    Q_OBJECT

public:
    /// Says what is wrong with a value, with the rule and the fix; empty if nothing is.
    using Check = std::function<QString(const QVariant &)>;

    /// \a key is "group/name" in the settings file.
    SettingBase(QString key, QString label, QVariant defaultValue, Check check, QObject *parent);
    ~SettingBase() override;

    [[nodiscard]] const QString &key() const { return m_key; }
    [[nodiscard]] const QString &label() const { return m_label; }
    [[nodiscard]] const QVariant &variant() const { return m_value; }
    [[nodiscard]] const QVariant &editedVariant() const { return m_edited; }
    [[nodiscard]] const QVariant &defaultVariant() const { return m_default; }
    [[nodiscard]] bool isDirty() const { return m_edited != m_value; }
    [[nodiscard]] bool isDefault() const { return m_value == m_default; }
    /// What stands in the way of apply(); empty if nothing does.
    [[nodiscard]] QString problem() const;

    void edit(const QVariant &value);
    /// Takes the edited value if it has no problem(); false otherwise.
    bool apply();
    void cancel();
    void resetToDefault();

    /// A value in the file that is wrong or of another type counts as absent.
    void load(const QSettings &file);
    /// A default is not written, so that a later version may change it.
    void save(QSettings &file) const;

Q_SIGNALS:
    void changed();
    void editedChanged();

private:
    QString m_key;
    QString m_label;
    QVariant m_default;
    QVariant m_value;
    QVariant m_edited;
    Check m_check;
};

/// The typed form: what code uses.
template<typename T>
class Setting : public SettingBase
{
public:
    Setting(QString key, QString label, T defaultValue, Check check, QObject *parent)
        : SettingBase(std::move(key), std::move(label), QVariant::fromValue(defaultValue),
                      std::move(check), parent)
    {
    }

    [[nodiscard]] T value() const { return variant().value<T>(); }
    [[nodiscard]] T edited() const { return editedVariant().value<T>(); }
    /// Edits and applies at once: for switches outside a form. False if \a value has a problem.
    bool set(const T &value)
    {
        edit(QVariant::fromValue(value));
        if (apply())
            return true;
        cancel();
        return false;
    }
};

} // namespace gatehouse::ui
