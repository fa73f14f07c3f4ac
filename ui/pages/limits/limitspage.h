// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/navigator.h"
#include "ui/models/limitinfo.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace gatehouse::client {
class AdminApi;
}

namespace gatehouse::ui {

class Banner;
class EmptyState;
class KeyPane;
class LimitKeyModel;
class LimitModel;
class LimitSelection;
class LimitSimulator;
class Shortcuts;
class Toast;

/// The limits under a microscope: limiters, the keys that each has seen, how one key stands, and
/// what a rule would do.
class LimitsPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds refreshEvery{1}; ///< while visible

    /// Nothing is owned; all must outlive the page.
    LimitsPage(client::AdminApi &api, Shortcuts &shortcuts, Navigator &navigator,
               QWidget *parent = nullptr);
    ~LimitsPage() override;

    /// {limit} selects a limiter, {key} one of its keys once it is there.
    void goTo(const QVariantMap &target);
    /// Another engine answers from now on.
    void reload();

    [[nodiscard]] LimitSelection &selection() const { return *m_selection; }
    [[nodiscard]] LimitModel &limits() const { return *m_limits; }
    [[nodiscard]] LimitKeyModel &keys() const { return *m_keys; }
    [[nodiscard]] LimitSimulator &simulator() const { return *m_simulator; }
    [[nodiscard]] QTabWidget &tabs() const { return *m_tabs; }
    [[nodiscard]] Banner &banner() const { return *m_banner; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeLimits();
    [[nodiscard]] QWidget *makeKeys();
    void connectSelection();
    void refresh();
    void takeLimits(const QJsonObject &json);
    void askKeys();
    void takeKeys(const QJsonObject &json);
    void takeSame(const LimitInfo &limit);
    void limitSelected();
    void keySelected();
    void showEmpty();

    client::AdminApi &m_api;
    Navigator &m_navigator;
    LimitSelection *m_selection;
    LimitModel *m_limits;
    LimitKeyModel *m_keys;
    QSortFilterProxyModel *m_proxy;
    Banner *m_banner;
    QListView *m_limitList = nullptr;
    QTableView *m_keyTable = nullptr;
    QLineEdit *m_search = nullptr;
    QStackedWidget *m_keyStack = nullptr;
    EmptyState *m_noKeys = nullptr;
    QStackedWidget *m_stack;
    EmptyState *m_noLimits;
    QTabWidget *m_tabs;
    KeyPane *m_pane;
    LimitSimulator *m_simulator;
    Toast *m_toast;
    QTimer m_timer;
    QElapsedTimer m_sampling; ///< by which samples are dated
    QString m_wantedKey;
    QString m_wantedLimit;
    QString m_keysOf; ///< limit whose keys are on their way
    bool m_isAsking = false;
};

} // namespace gatehouse::ui
