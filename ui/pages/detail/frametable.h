// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/framemodel.h"

#include <QTableView>

class QMenu;

namespace gatehouse::ui {

/// The frames of a stream. Follows the newest one while it stands at the end; scrolling up stops
/// that, End resumes it. GUI thread.
class FrameTable : public QTableView
{
    Q_OBJECT

public:
    /// \a model is not owned and must outlive the table.
    explicit FrameTable(FrameModel &model, QWidget *parent = nullptr);
    ~FrameTable() override;

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool isFollowing);
    /// The data of the selected frames, one after another.
    [[nodiscard]] QString selectedData() const;
    /// Selects the frames from one index to another, both included, as far as they are shown.
    void selectFrames(qint64 from, qint64 to);
    [[nodiscard]] QMenu *makeMenu();

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    void copyWanted();
    void saveWanted();
    /// A word for the filter: "event:tick".
    void filterWanted(const QString &word);
    /// Another frame is the current one, or none.
    void frameChosen();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void scrolled();
    [[nodiscard]] bool isAtEnd() const;

    FrameModel &m_model;
    bool m_isFollowing = true;
    qint64 m_currentBefore = -1; ///< index of the current frame, across a reset
};

} // namespace gatehouse::ui
