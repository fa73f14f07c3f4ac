// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routetry.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QLineEdit;
class QToolButton;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class GlyphLabel;
class RouteDraft;
class Shortcuts;

/// Asks which route of the draft would take a request that is typed, and why the others would not.
/// Nothing is sent.
class RouteTryLine : public QWidget
{
    Q_OBJECT

public:
    /// Nothing is owned; all must outlive the line.
    RouteTryLine(client::AdminApi &api, RouteDraft &draft, Shortcuts &shortcuts,
                 QWidget *parent = nullptr);
    ~RouteTryLine() override;

    /// Types \a request and asks.
    void ask(const QString &request);
    void clear();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QAction *action() const { return m_action; }

Q_SIGNALS:
    /// Empty: nothing is asked any more, or there is no answer.
    void answered(const std::optional<gatehouse::ui::TryAnswer> &answer);
    /// The key of the window was pressed: the page is to be shown.
    void wanted();

private:
    void askNow();
    void take(const Result<QJsonObject> &answer);
    void say(bool isGood, const QString &sentence);

    client::AdminApi &m_api;
    RouteDraft &m_draft;
    QLineEdit *m_line;
    QToolButton *m_clear;
    GlyphLabel *m_glyph;
    QLabel *m_sentence;
    QAction *m_action;
    QTimer m_again; ///< after the draft has changed
    int m_job = 0;
};

} // namespace gatehouse::ui
