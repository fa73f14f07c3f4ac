// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/trafficview.h"

#include <QWidget>

class QStackedLayout;

namespace gatehouse::ui {

class EmptyState;
class LatencyLens;
class TimeSeries;
class TimeStrip;

/// The list with the charts below it, or what stands there while there is nothing to list: no
/// traffic yet, everything filtered away, recording paused, no engine.
class ListPane : public QWidget
{
    Q_OBJECT

public:
    /// Nothing is owned; all must outlive the pane.
    ListPane(TrafficModel &model, FilterRunner &runner, TimeSeries &series, Shortcuts &shortcuts,
             QWidget *parent = nullptr);
    ~ListPane() override;

    [[nodiscard]] TrafficView &view() const { return *m_view; }
    /// Where the gateway listens; empty: it does not run, and \a reason says why.
    void setGateway(const QString &url, const QString &reason);
    void setCounts(qint64 shown, qint64 all);
    void setFilter(const QString &text);
    void setCapturePaused(bool isPaused);

Q_SIGNALS:
    /// A test to be joined to the filter.
    void filterWanted(const QString &test);
    void filterClearWanted();
    void exchangeWanted(quint64 seq);
    /// Before and after this configuration.
    void compareWanted(quint32 revision);
    void resumeWanted();
    void sampleWanted();
    void runWanted();
    void attachWanted();
    void captureWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void update();
    void showEmpty();
    void offerCapture();
    void updateCharts();

    TrafficModel &m_model;
    TrafficView *m_view;
    TimeStrip *m_strip;
    LatencyLens *m_lens;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    QString m_url;
    QString m_reason;
    QString m_filter;
    qint64 m_shown = 0;
    qint64 m_all = 0;
    bool m_isPaused = false;
};

} // namespace gatehouse::ui
