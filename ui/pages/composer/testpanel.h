// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/testcase.h"
#include "ui/pages/detail/bodyloader.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace gatehouse::ui {

class EmptyState;
class ProblemLine;

/// Makes a test of the last exchange: what it must still do is ticked, the YAML is shown, and goes
/// to the end of a file that `gatehouse test` runs.
class TestPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr qint64 mostBodyBytes = 1024 * 1024; ///< of each body in a test

    /// \a api is not owned and must outlive the panel.
    explicit TestPanel(client::AdminApi &api, QWidget *parent = nullptr);
    ~TestPanel() override;

    /// \a detail with its secrets masked: they become variables.
    void setExchange(const client::ExchangeDetail &detail);
    /// Where tests go if the user names no other file.
    void setFile(const QString &path);

    [[nodiscard]] QByteArray yaml() const;
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QListWidget *expectations() const { return m_expect; }
    [[nodiscard]] QPushButton *saveButton() const { return m_save; }

private:
    [[nodiscard]] QWidget *makeForm();
    void loadBodies(const client::ExchangeDetail &detail);
    void loadAnswer(const client::ExchangeDetail &detail, const QByteArray &requestBody);
    void fill(const client::ExchangeDetail &detail, const QByteArray &request,
              const QByteArray &answer);
    [[nodiscard]] client::TestCase test() const;
    void addExpectation();
    void showYaml();
    void save();

    BodyLoader m_loader;
    std::optional<client::TestCase> m_test;
    QString m_note; ///< what the test lacks
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLineEdit *m_name;
    QListWidget *m_expect;
    QLineEdit *m_more;
    QPlainTextEdit *m_yaml;
    QLineEdit *m_file;
    QPushButton *m_save;
    ProblemLine *m_problem;
};

} // namespace gatehouse::ui
