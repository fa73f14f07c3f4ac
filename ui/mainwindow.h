// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/navigator.h"
#include "ui/widgets/icons.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QDockWidget;
class QPlainTextEdit;
class QSplitter;
class QStackedWidget;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class Banner;
class CommandPalette;
class Preferences;
class Rail;
class Shortcuts;
class StatusLine;
class Toast;
class TopBar;
class WindowMenus;

/// A page of the window, as the rail and the menu Go show it.
struct PageInfo
{
    QString id; ///< "traffic": what Jump::page names
    QString title;
    Glyph glyph = Glyph::Info;
    QKeySequence shortcut;   ///< "Ctrl+1"
    QWidget *page = nullptr; ///< owned by the window from then on
};

/// What the window says of its engine.
struct EngineStatus
{
    enum class Kind { Stopped, Starting, Running, Stopping, Failed };
    Kind kind = Kind::Stopped;
    QStringList listeners; ///< "http://127.0.0.1:8080"
    QString config;        ///< file; empty for the demo
    QString reason;        ///< why it is not running
    QStringList lastLines; ///< of its log
};

/// Puts the parts of the window together: rail, pages, bars, menus. Knows no page.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    static constexpr int layoutVersion = 1;

    /// Nothing is owned; all must outlive the window.
    MainWindow(Preferences &preferences, Shortcuts &shortcuts, client::AdminApi &api,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    void addPage(const PageInfo &info);
    void setBadge(const QString &page, int problems);
    [[nodiscard]] QString currentPage() const;

    void setEngineStatus(const EngineStatus &status);
    void addLogLine(const QString &line);

    [[nodiscard]] client::AdminApi &api() const { return m_api; }
    [[nodiscard]] Shortcuts &shortcuts() const { return m_shortcuts; }
    [[nodiscard]] Navigator &navigator() const { return *m_navigator; }
    [[nodiscard]] TopBar &topBar() const { return *m_topBar; }
    [[nodiscard]] StatusLine &statusLine() const { return *m_statusLine; }
    [[nodiscard]] Toast &toast() const { return *m_toast; }
    [[nodiscard]] Banner &banner() const { return *m_banner; }
    /// After pages have made actions of their own.
    void rebuildMenus();

Q_SIGNALS:
    void runWanted();
    void stopWanted();
    void restartWanted();
    void configChosen(const QString &file); ///< empty: the demo
    void attachWanted(const QString &address, const QString &tokenFile);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeActions();
    void makeViewActions();
    void makeLayout();
    void makeLogDock();
    void restoreLayout();
    void saveLayout();
    void resetLayout();
    void onRun();
    void onJump(const Jump &jump);
    void updateRun(const EngineStatus &status);
    void showFailure(const EngineStatus &status);
    void openPalette();
    void chooseConfig();
    [[nodiscard]] QSplitter *panes() const;
    void focusPane(int index);
    void toggleDetail();
    void cyclePanes(int step);
    void onAction(const QString &id, const std::function<void()> &slot);

    Preferences &m_preferences;
    Shortcuts &m_shortcuts;
    client::AdminApi &m_api;
    Navigator *m_navigator;
    WindowMenus *m_menus = nullptr;
    TopBar *m_topBar = nullptr;
    Rail *m_rail = nullptr;
    QStackedWidget *m_stack = nullptr;
    StatusLine *m_statusLine = nullptr;
    Banner *m_banner = nullptr;
    Toast *m_toast = nullptr;
    CommandPalette *m_palette = nullptr;
    QDockWidget *m_logDock = nullptr;
    QPlainTextEdit *m_log = nullptr;
    std::vector<PageInfo> m_pages;
    QList<QAction *> m_pageActions;
    EngineStatus m_status;
};

} // namespace gatehouse::ui
