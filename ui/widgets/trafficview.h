// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/delegates/trafficdelegate.h"
#include "ui/models/filterrunner.h"
#include "ui/models/filtertext.h"
#include "ui/widgets/trafficactions.h"

#include <QTableView>

class QMenu;
class QPushButton;
class QTimer;

namespace gatehouse::ui {

/// The list of exchanges. It follows the newest row while it stands at the end; a pill counts what
/// came since. Selection, current row and place survive every change of the filter. What needs the
/// engine goes out as a signal. GUI thread.
class TrafficView : public QTableView
{
    Q_OBJECT

public:
    /// None is owned; all must outlive the view. \a shortcuts may be null: the keys are fixed then.
    TrafficView(TrafficModel &model, FilterRunner &runner, Shortcuts *shortcuts = nullptr,
                QWidget *parent = nullptr);
    ~TrafficView() override;

    [[nodiscard]] TrafficActions &actions() const { return *m_actions; }
    [[nodiscard]] TimeAxis &axis() { return m_axis; }
    [[nodiscard]] HighlightRules &rules() { return m_delegate->rules(); }
    /// After a change of rules().
    void applyRules();

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool isFollowing);
    [[nodiscard]] std::vector<quint64> selectedSeqs() const;
    [[nodiscard]] std::optional<quint64> currentSeq() const;
    /// Selects the row and brings it into sight; false if the list does not show it.
    bool goTo(quint64 seq);
    /// The filter that "and" and "or" of the context menu extend.
    void setFilterText(const QString &text) { m_filterText = text; }
    void setColumnShown(Column column, bool isShown);
    /// Which columns, in which order and width; empty while the user has not chosen any.
    [[nodiscard]] QByteArray columns() const;
    void setColumns(const QByteArray &state);
    /// The menu of a cell; owned by the view. For tests, and for the Menu key.
    [[nodiscard]] QMenu *menuFor(const QModelIndex &index);
    /// The menu of the columns, in the same way.
    [[nodiscard]] QMenu *columnMenu();

Q_SIGNALS:
    /// 40 ms after the last move, so that holding a key loads nothing. 0: none.
    void currentChangedLately(quint64 seq);
    void selectionCountChanged(qsizetype rows);
    /// \a isApplied: put it into force, else only into the box.
    void filterWanted(const QString &text, bool isApplied);
    void highlightWanted(const QString &text);
    /// "mw.jwt", "header.X-Tenant": not checked.
    void columnWanted(const QString &field);
    void filterFocusWanted();
    void rowActionWanted(gatehouse::ui::RowAction action, const std::vector<quint64> &seqs);
    void followingChanged(bool isFollowing);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    /// Where the user was, by seq, across a reset.
    struct Place
    {
        std::vector<quint64> selected;
        std::optional<quint64> current;
        std::optional<quint64> top;
        int topOffset = 0;
    };

    void setUpHeader();
    void setUpModel();
    void fitColumns();
    void headerClicked(int section);
    void headerMenu(const QPoint &position);
    void askForColumn();
    void updateHits();
    void columnAdded(int section);
    void keepInSight(int removed, int lastRemoved);
    void savePlace();
    void restorePlace();
    void run(RowAction action);
    void selectOnly(int row);
    void moveBy(int rows);
    void goToError(int step);
    void copyRows(bool isValueOnly);
    void addFilterMenu(QMenu &menu, const QString &test);
    [[nodiscard]] bool isAtEnd() const;
    void scrolled();
    void updatePill();
    void fitAxis();
    [[nodiscard]] bool isOnWaterfall(const QPoint &position) const;

    TrafficModel &m_model;
    FilterRunner &m_runner;
    TimeAxis m_axis;
    TrafficDelegate *m_delegate;
    TrafficActions *m_actions;
    QPushButton *m_pill;
    QTimer *m_lately;
    QString m_filterText;
    filter::Expression m_hitsOf; ///< what the hits of the model are made for
    HiddenHits::Columns m_hitsHidden;
    Place m_place;
    bool m_isFollowing = true;
    bool m_isRestoring = false;
    bool m_areColumnsChosen = false;
    int m_barBefore = 0; ///< scroll bar before rows went
    int m_missed = 0;    ///< rows that came while not following
    std::optional<int> m_dragX;
};

} // namespace gatehouse::ui
