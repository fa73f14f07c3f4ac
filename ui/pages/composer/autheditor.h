// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace gatehouse::ui {

/// Writes an Authorization header: what is sent is always to be seen among the headers.
class AuthEditor : public QWidget
{
    Q_OBJECT

public:
    explicit AuthEditor(QWidget *parent = nullptr);
    ~AuthEditor() override;

    /// The Authorization header that the request has; empty: none.
    void setHeader(const QString &value);

Q_SIGNALS:
    /// Empty: the header shall go.
    void headerWanted(const QString &value);

private:
    [[nodiscard]] QLineEdit *addField(QWidget *page, const QString &name, bool isSecret);
    void put();

    QComboBox *m_kinds;
    QStackedWidget *m_stack;
    QLineEdit *m_token;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLabel *m_now;
};

} // namespace gatehouse::ui
