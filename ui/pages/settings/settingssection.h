// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace gatehouse::ui {

/// A part of the settings: a title, what it is about, and rows. Changes are kept apart until
/// apply().
class SettingsSection : public QScrollArea
{
    Q_OBJECT

public:
    SettingsSection(const QString &title, const QString &sentence, QWidget *parent = nullptr);
    ~SettingsSection() override;

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] virtual bool isDirty() const { return false; }
    /// False: something stands in the way, and is said at its place.
    virtual bool apply() { return true; }
    virtual void cancel() {}
    virtual void resetToDefaults() {}

Q_SIGNALS:
    void edited();

protected:
    [[nodiscard]] QVBoxLayout &column() const { return *m_column; }
    /// Adds \a name above \a control, with a sentence below that says what it does.
    /// Returns the label for problems, which is hidden while it is empty.
    QLabel *addRow(const QString &name, QWidget *control, const QString &help = {});
    static void sayAt(QLabel &problem, const QString &sentence);

private:
    QString m_title;
    QVBoxLayout *m_column;
};

} // namespace gatehouse::ui
