// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "engine/client/livefeed.h"
#include "engine/client/sender.h"
#include "ui/actions/navigator.h"
#include "ui/models/coldfilter.h"
#include "ui/models/columnvalues.h"
#include "ui/models/feedpump.h"
#include "ui/models/filterrunner.h"
#include "ui/models/timeseries.h"
#include "ui/models/trafficvocabulary.h"
#include "ui/pages/traffic/firstrun.h"

#include <QWidget>

namespace gatehouse::ui {

class DetailView;
class ExchangeLoader;
class FilterBar;
class ListPane;
class Preferences;
class RowCommands;
class Shortcuts;

/// Requests as they happen; a click on one tells why. The list, its filter, the charts and the
/// detail, put together. GUI thread.
class TrafficPage : public QWidget
{
    Q_OBJECT

public:
    /// Nothing is owned; all must outlive the page.
    struct Links
    {
        client::AdminApi &api;
        client::LiveFeed &feed;
        Preferences &preferences;
        Shortcuts &shortcuts;
        Navigator &navigator;
    };

    explicit TrafficPage(const Links &links, QWidget *parent = nullptr);
    ~TrafficPage() override;

    /// Where the gateway listens; empty: it does not run, and \a reason says why.
    void setGateway(const QString &url, const QString &reason);
    /// A new engine: what the old one recorded stays in the list until the new one has traffic.
    void setEngine(const QString &identity);
    /// The configuration file that is worked on: columns and their widths belong to it.
    void setWorkspace(const QString &file);
    [[nodiscard]] TrafficStore &store() { return m_store; }
    [[nodiscard]] const TimeSeries &series() const { return m_series; }
    /// Records that the feed has left out.
    [[nodiscard]] quint64 missed() const { return m_pump.missed(); }
    /// {"seq"}, {"filter"}, or {"compare"}: the number of a configuration, before and after it.
    void jumpTo(const QVariantMap &target);

Q_SIGNALS:
    void countsChanged(qint64 shown, qint64 all);
    void selectionChanged(int rows);
    void statusChanged(const QJsonObject &status);
    void missedChanged(quint64 missed);
    void messageWanted(const QString &text);
    void runWanted();
    void attachWanted();
    void captureWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void connectList();
    void connectFilter();
    void connectActions();
    void showSelection(qsizetype rows);
    void applyFilter(const filter::Expression &expression);
    void joinFilter(const QString &test);
    void highlight(const QString &text);
    void saveHighlights();
    void sendSample(const QString &target, int times);
    [[nodiscard]] QWidget *makeDetailSide();
    void tryOut(FirstRun::Step step);
    void clearList();
    void compareRevision(quint32 revision);
    void addColumn(const QString &field);
    void loadColumns();
    void saveColumns();
    [[nodiscard]] QString columnsKey() const;
    void pauseCapture(bool isPaused);

    Links m_links;
    TrafficStore m_store;
    TrafficModel m_model;
    ColumnValues m_values;
    FilterRunner m_runner;
    TrafficVocabulary m_vocabulary;
    TimeSeries m_series;
    FeedPump m_pump;
    ColdFilter m_cold;
    client::Sender m_sender;
    FilterBar *m_bar;
    ListPane *m_list;
    DetailView *m_detail;
    ExchangeLoader *m_loader;
    RowCommands *m_commands;
    FirstRun *m_firstRun = nullptr; ///< null once it was closed for good
    QString m_url;
    QString m_engine;
    QString m_workspace;
    quint64 m_wantedSeq = 0; ///< of a jump, until the list has it
};

} // namespace gatehouse::ui
