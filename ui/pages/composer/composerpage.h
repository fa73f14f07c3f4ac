// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "engine/client/exchangedetail.h"
#include "ui/models/composerrequest.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QStackedWidget;
class QTabBar;

namespace gatehouse::ui {

class ComposerSlot;
class ComposerTab;
class Destinations;
class EnvironmentEditor;
class Environments;
class Navigator;
class Preferences;
class Shortcuts;
struct Jump;
struct OutgoingPlan;

/// Requests in tabs: edit, send, repeat, compare, make tests. The tabs come back with the next
/// start, without their secrets.
class ComposerPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostTabs = 30;

    /// Nothing is owned; all must outlive the page.
    ComposerPage(client::AdminApi &api, Preferences &preferences, Shortcuts &shortcuts,
                 Navigator &navigator, QWidget *parent = nullptr);
    ~ComposerPage() override;

    /// What a jump to the page "composer" asks for: {seq} to edit that exchange, {seq, send: true}
    /// to send it again at once, {curl} to take a command. Others leave the page as it is.
    void open(const Jump &jump);
    /// The engine is another one, or its configuration is: asks where requests can go.
    void refresh();

    ComposerTab *addTab(const ComposerRequest &request);
    void closeTab(int index);
    [[nodiscard]] ComposerTab *currentTab() const;
    [[nodiscard]] int tabCount() const;

    /// For the chooser of the window.
    [[nodiscard]] QStringList environmentNames() const;
    [[nodiscard]] QString environment() const;
    void setEnvironment(const QString &name);
    void editEnvironments();
    [[nodiscard]] Environments &environments() const { return *m_environments; }

Q_SIGNALS:
    void environmentsChanged(const QStringList &names, const QString &current);
    void openPlace(const gatehouse::client::Place &place);

private:
    [[nodiscard]] QWidget *makeBar(Shortcuts &shortcuts);
    void makeActions(Shortcuts &shortcuts);
    void on(Shortcuts &shortcuts, const char *id, const std::function<void()> &slot);
    void openExchange(quint64 seq, bool isSent);
    void openTest(quint64 seq);
    void findInBody();
    void copyAs(const std::function<QString(const OutgoingPlan &)> &write);
    [[nodiscard]] ComposerTab *makeTab(const ComposerRequest &request, QWidget *slot);
    int addSlot(const ComposerRequest &request);
    [[nodiscard]] ComposerSlot *slotAt(int index) const;
    void step(int by);
    void showTab(int index);
    void updateTitles();
    void restoreSession();
    void storeSession() const;

    client::AdminApi &m_api;
    Preferences &m_preferences;
    Navigator &m_navigator;
    Destinations *m_destinations;
    Environments *m_environments;
    QTabBar *m_bar;
    QStackedWidget *m_stack;   ///< the tabs
    QStackedWidget *m_content; ///< those, or the environments
    EnvironmentEditor *m_environmentEditor;
    QTimer m_storing;
};

} // namespace gatehouse::ui
