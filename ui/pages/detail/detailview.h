// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/actions/navigator.h"
#include "ui/models/selectionsummary.h"
#include "ui/pages/detail/detailtab.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTabBar;

namespace gatehouse::ui {

class CompareTab;
class EmptyState;
class SummaryView;

/// One exchange in tabs, or many in numbers. The tab that was chosen stays chosen from one exchange
/// to the next, as long as it has something to show. Alt+1 to Alt+8 choose by kind.
class DetailView : public QWidget
{
    Q_OBJECT

public:
    /// In the order of their keys.
    enum class Tab { Overview, Why, Timing, Request, Response, Frames, Raw, Compare };

    /// \a api is not owned and must outlive the view.
    explicit DetailView(client::AdminApi &api, QWidget *parent = nullptr);
    ~DetailView() override;

    void showExchange(const client::ExchangeDetail &detail);
    /// What Compare compares with; nothing: the tab goes.
    void setOther(std::optional<client::ExchangeDetail> other);
    void showSelection(const SelectionSummary &summary);
    void clear();
    /// Headers offer to become columns of a list: columnWanted() tells which.
    void offerColumns();

    /// Does nothing if the tab is not there.
    void setCurrentTab(Tab tab);
    [[nodiscard]] Tab currentTab() const;
    [[nodiscard]] QList<Tab> tabs() const;

Q_SIGNALS:
    void openPlace(const gatehouse::client::Place &place);
    void jumpWanted(const gatehouse::ui::Jump &jump);
    void columnWanted(const QString &field);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Entry
    {
        Tab tab;
        DetailTab *page;
    };

    void add(Tab tab, DetailTab *page);
    void onTabChosen(int index);
    void makeKeys();

    std::vector<Entry> m_entries;
    std::optional<client::ExchangeDetail> m_detail;
    Tab m_wanted = Tab::Overview;
    QTabBar *m_bar;
    QWidget *m_line; ///< below the tabs
    QStackedWidget *m_stack;
    CompareTab *m_compare;
    SummaryView *m_summary;
    EmptyState *m_empty;
    bool m_isFilling = false;
    bool m_isStale = false; ///< colours or sizes have changed
};

[[nodiscard]] QString tabName(DetailView::Tab tab);

} // namespace gatehouse::ui
