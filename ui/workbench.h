// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/livefeed.h"
#include "ui/actions/apiswitch.h"
#include "ui/actions/captureactions.h"
#include "ui/actions/enginesession.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/settings/thememanager.h"

#include <QTimer>

namespace gatehouse::ui {

class ComposerPage;
class DemoTraffic;
class LimitsPage;
class RoutesPage;
class SettingsPage;
class TrafficPage;

/// The whole workbench: the window, its pages, the engine behind it and the feed between them. The
/// one place where pages and engine know of each other. GUI thread.
class Workbench : public QObject
{
    Q_OBJECT

public:
    /// \a preferences is not owned and must outlive the workbench.
    explicit Workbench(Preferences &preferences, QObject *parent = nullptr);
    ~Workbench() override;

    [[nodiscard]] MainWindow &window() { return m_window; }
    [[nodiscard]] EngineSession &session() { return m_session; }
    [[nodiscard]] CaptureActions &captures() { return m_captures; }
    [[nodiscard]] TrafficPage &traffic() { return *m_traffic; }
    [[nodiscard]] ComposerPage &composer() { return *m_composer; }
    [[nodiscard]] RoutesPage &routes() { return *m_routes; }
    [[nodiscard]] LimitsPage &limits() { return *m_limits; }

private:
    void addPages();
    void addPage(const char *id, const QString &title, Glyph glyph, const char *keys,
                 QWidget *page);
    void jump(const Jump &jump);
    void connectPages();
    void connectRouteActions();
    void connectEnvironments();
    void connectTraffic();
    void connectEngine();
    void onAttached(const Attachment &attachment);
    void onStatus(const QJsonObject &status);
    void onInfo(const QJsonObject &info);
    void showLimitClock(const QJsonObject &clock);
    void connectLab();
    void updateRate();
    void connectDemo();

    static constexpr quint64 backlog = 20'000; ///< records that a new feed begins with

    Preferences &m_preferences;
    ThemeManager m_theme;
    Shortcuts m_shortcuts;
    ApiSwitch m_api;
    client::LiveFeed m_feed;
    MainWindow m_window;
    EngineSession m_session;
    CaptureActions m_captures;
    TrafficPage *m_traffic = nullptr;
    ComposerPage *m_composer = nullptr;
    RoutesPage *m_routes = nullptr;
    LimitsPage *m_limits = nullptr;
    SettingsPage *m_settings = nullptr;
    DemoTraffic *m_demo;
    QTimer m_rate;
    quint32 m_generation = 0;
};

} // namespace gatehouse::ui
