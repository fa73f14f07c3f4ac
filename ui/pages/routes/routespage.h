// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/navigator.h"
#include "ui/models/routemodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QTabWidget;
class QTableView;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class Banner;
class ListDetailSplitter;
class RouteActions;
class RouteConflict;
class RouteDraft;
class RouteDryRun;
class RouteEditor;
class RouteHistory;
class RouteReview;
class RouteTable;
class RouteTryLine;
class Shortcuts;
class Toast;

/// The routes in the order in which they are tried, and the draft in which they are changed:
/// edited, checked, reviewed, rehearsed, applied, rolled back.
class RoutesPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds refreshEvery{2}; ///< while visible

    /// Nothing is owned; all must outlive the page.
    RoutesPage(client::AdminApi &api, Shortcuts &shortcuts, Navigator &navigator,
               QWidget *parent = nullptr);
    ~RoutesPage() override;

    /// {route} selects it, {line, column} puts the caret there, {revision} opens the history at
    /// it, {request} asks the try line.
    void goTo(const QVariantMap &target);
    /// Another engine answers from now on.
    void reload();

    [[nodiscard]] RouteDraft &draft() const { return *m_draft; }
    [[nodiscard]] RouteModel &model() const { return *m_model; }
    [[nodiscard]] RouteTable &table() const { return *m_table; }
    [[nodiscard]] RouteEditor &editor() const { return *m_editor; }
    [[nodiscard]] RouteTryLine &tryLine() const { return *m_try; }
    [[nodiscard]] RouteDryRun &dryRun() const { return *m_dryRun; }
    [[nodiscard]] QTabWidget &tabs() const { return *m_tabs; }
    [[nodiscard]] Banner &banner() const { return *m_banner; }

Q_SIGNALS:
    /// For the badge of the rail.
    void problemsChanged(int problems);
    /// For the top bar: \a changes of the draft, and whether they can be applied.
    void changesChanged(int changes, bool isValid);
    void revisionChanged(const QString &file, quint64 generation, bool isDirty);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QWidget *makeList();
    [[nodiscard]] QWidget *makeDetail();
    [[nodiscard]] QTableView *makeProblems();
    void connectDraft();
    void connectActions();
    void refresh();
    void takeRoutes(const QJsonObject &json);
    void takeText();
    void takeProblems();
    void showRoute();
    void showConflict();
    void showReach(const QString &problem);
    void updateState();
    void open(QWidget *tab);
    void goToProblem(int row);
    void openMenu(const QPoint &position);

    client::AdminApi &m_api;
    Navigator &m_navigator;
    RouteDraft *m_draft;
    RouteActions *m_actions;
    RouteModel *m_model;
    RouteProblems *m_problems;
    std::vector<RouteInfo> m_others; ///< routes of other files
    Banner *m_banner;
    RouteTryLine *m_try;
    RouteTable *m_table = nullptr;
    QLabel *m_coverage = nullptr;
    QLabel *m_state = nullptr;
    QTabWidget *m_tabs = nullptr;
    RouteEditor *m_editor = nullptr;
    RouteReview *m_review = nullptr;
    RouteDryRun *m_dryRun = nullptr;
    RouteHistory *m_history = nullptr;
    QTableView *m_problemList = nullptr;
    RouteConflict *m_conflict = nullptr;
    Toast *m_toast;
    QTimer m_timer;
    bool m_isAsking = false;
    bool m_hasSchema = false;
};

} // namespace gatehouse::ui
