// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace gatehouse::ui {

/// Asks for the admin address of an engine that runs elsewhere, and for its token file.
class AttachDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AttachDialog(QWidget *parent = nullptr);
    ~AttachDialog() override;

Q_SIGNALS:
    void chosen(const QString &address, const QString &tokenFile);

private:
    void check();
    void attach();

    QLineEdit *m_address;
    QLineEdit *m_tokenFile;
    QLabel *m_problem;
    QPushButton *m_attach;
};

} // namespace gatehouse::ui
