// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "engine/client/sender.h"
#include "ui/models/latencyhistogram.h"

#include <QElapsedTimer>
#include <QMap>
#include <QTimer>

#include <memory>
#include <vector>

namespace gatehouse::ui {

struct RepeatPlan
{
    int count = 100;
    int concurrency = 4;
    double perSecond = 0; ///< 0: the next as soon as an answer is there
    bool untilDecisionChanges = false;
};

/// What came of a repeated request.
struct RepeatResult
{
    QString title;
    int wanted = 0;
    int sent = 0;
    int done = 0;
    qint64 elapsedUs = 0;
    qint64 bytes = 0;
    LatencyHistogram durations;
    QMap<QString, int> statuses;  ///< "200"; "no answer"
    QMap<QString, int> decisions; ///< as the engine recorded them
    int decided = 0;              ///< answers whose decision is known
    bool isRecorded = false;      ///< decisions are expected
    QStringList errors;           ///< sentences, each once, at most mostErrors
    quint64 changedAt = 0;        ///< seq of the first exchange with another decision
    QString ending;               ///< why it is over; empty while it runs
};

/// Sends one request many times. Answers are counted and dropped, so that memory stays what it is.
/// With decisions it asks the engine for what it recorded, four times a second, page by page until
/// all are known.
class ComposerRepeat : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostCount = 100'000;
    static constexpr int mostConcurrency = 64;
    static constexpr double mostPerSecond = 5000;
    static constexpr qsizetype mostErrors = 8;

    /// \a api is not owned and must outlive the object.
    explicit ComposerRepeat(client::AdminApi &api, QObject *parent = nullptr);
    ~ComposerRepeat() override;

    /// Ends the run before. \a isRecorded: the request goes through the gateway, which records it.
    void start(const client::OutgoingRequest &request, const RepeatPlan &plan, bool isRecorded,
               const QString &title);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] const RepeatResult &result() const { return m_result; }

Q_SIGNALS:
    void progressed();
    void finished();

private:
    void pump();
    void sendOne();
    void take(const Result<client::IncomingAnswer> &answer, qint64 durationUs);
    void askDecisions();
    void askPage(quint64 before);
    void countAnew();
    void takeDecisions(const QJsonObject &page);
    void checkEnd();
    void finish(const QString &why);
    [[nodiscard]] int due() const;

    client::AdminApi &m_api;
    std::vector<std::unique_ptr<client::Sender>> m_senders;
    std::unique_ptr<QObject> m_run; ///< the context of everything that is under way
    client::OutgoingRequest m_request;
    RepeatPlan m_plan;
    RepeatResult m_result;
    QElapsedTimer m_clock;
    QElapsedTimer m_lastAnswer;
    QTimer m_tick;
    QTimer m_poll;
    QMap<QString, quint64> m_lowest; ///< of each decision the first exchange
    quint64 m_lastSeq = 0;           ///< up to which all are counted, or asked for
    quint64 m_after = 0;             ///< what is asked for now begins behind it
    quint64 m_newest = 0;
    int m_underWay = 0;
    bool m_isRunning = false;
    bool m_isAsking = false;
    bool m_isRecounted = false;
    int m_counting = 0;      ///< what was asked for an earlier one is of no use
    bool m_isPaging = false; ///< a full page has come, and the next one is asked for
};

} // namespace gatehouse::ui
