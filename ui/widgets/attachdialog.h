// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/runningengines.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace gatehouse::ui {

/// Offers the engines that run on this machine, and asks for the admin address of one that runs
/// elsewhere and for its token file.
class AttachDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a folder: where engines say that they run.
    explicit AttachDialog(const QString &folder, QWidget *parent = nullptr);
    ~AttachDialog() override;

Q_SIGNALS:
    void chosen(const QString &address, const QString &tokenFile);

private:
    void makeList();
    void take(int row);
    void check();
    void attach();

    std::vector<RunningEngine> m_engines;
    QListWidget *m_list;
    QLineEdit *m_address;
    QLineEdit *m_tokenFile;
    QLabel *m_problem;
    QPushButton *m_attach;
};

} // namespace gatehouse::ui
