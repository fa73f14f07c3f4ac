// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/framemodel.h"
#include "ui/pages/detail/detailtab.h"
#include "ui/pages/detail/framefeed.h"

class QLabel;
class QLineEdit;
class QSplitter;
class QToolButton;

namespace gatehouse::ui {

class BodyView;
class FrameTable;
class GapChart;

/// The frames of a stream as they come: gaps as a chart, a table with its own filter, the data of
/// the chosen one, and who ended the stream. Asks the engine only while it is looked at.
class FramesTab : public DetailTab
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the tab.
    explicit FramesTab(client::AdminApi &api, QWidget *parent = nullptr);
    ~FramesTab() override;

    bool showExchange(const client::ExchangeDetail &detail) override;
    [[nodiscard]] const FrameModel &model() const { return m_model; }
    [[nodiscard]] FrameTable &table() const { return *m_table; }
    [[nodiscard]] BodyView &dataView() const { return *m_data; }
    /// Writes the frames that are shown as lines of JSON; false, with a sentence, if it cannot.
    bool saveTo(const QString &path);

public Q_SLOTS:
    void copy();
    void save();
    void setPaused(bool isPaused);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeTop();
    [[nodiscard]] QWidget *makeBottom();
    void makeToolbar(class QBoxLayout &row);
    void take(const FramePage &page);
    void fetchEnd();
    void applyFilter();
    void showFrame();
    void showData(const StreamFrame &frame, const QByteArray &data);
    void fetchWhole(const StreamFrame &frame);
    void updateState();
    void updateRunning();

    client::AdminApi &m_api;
    FrameModel m_model;
    FrameFeed m_feed;
    client::ExchangeDetail m_detail;
    FramePage m_page; ///< the last answer, without its frames
    QString m_problem;
    qint64 m_shownFrame = -1;
    bool m_isPaused = false;
    QObject *m_whole = nullptr; ///< of the question for all of a frame, a child

    QLabel *m_state;
    GapChart *m_chart;
    QLineEdit *m_filter;
    QLabel *m_filterNote;
    QToolButton *m_follow = nullptr;
    QToolButton *m_pause = nullptr;
    FrameTable *m_table;
    QLabel *m_frameTitle;
    BodyView *m_data;
};

} // namespace gatehouse::ui
