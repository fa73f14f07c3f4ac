// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QFileDialog;
class QString;

namespace gatehouse::ui {

class EngineSession;
class MainWindow;

/// Opens captures, and saves what is recorded as one: three entries of the menu File.
class CaptureActions : public QObject
{
    Q_OBJECT

public:
    /// Neither is owned; both must outlive this.
    CaptureActions(MainWindow &window, EngineSession &session, QObject *parent = nullptr);
    ~CaptureActions() override;

    /// Copies what is recorded into \a file, in place of what is there.
    void save(const QString &file);

private:
    void chooseToOpen();
    void chooseToSave();
    void openLast();
    [[nodiscard]] QFileDialog *dialog(const QString &title);

    MainWindow &m_window;
    EngineSession &m_session;
};

} // namespace gatehouse::ui
