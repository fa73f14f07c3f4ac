// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/listpane.h"

#include "ui/models/timeseries.h"
#include "ui/models/units.h"
#include "ui/settings/type.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/latencylens.h"
#include "ui/widgets/timestrip.h"

#include <QPushButton>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

constexpr std::chrono::milliseconds lensInterval{500};

} // namespace

ListPane::ListPane(TrafficModel &model, FilterRunner &runner, TimeSeries &series,
                   Shortcuts &shortcuts, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new TrafficView(model, runner, &shortcuts, this))
    , m_strip(new TimeStrip(series, this))
    , m_lens(new LatencyLens(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout)
{
    m_view->setAccessibleName(tr("Exchanges"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *const charts = new QHBoxLayout;
    charts->setContentsMargins(12, 4, 12, 8);
    charts->setSpacing(16);
    charts->addWidget(m_strip, 3);
    charts->addWidget(m_lens, 2);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_stack, 1);
    column->addLayout(charts);
    connect(m_strip, &TimeStrip::filterWanted, this, &ListPane::filterWanted);
    connect(m_strip, &TimeStrip::compareWanted, this, &ListPane::compareWanted);
    connect(m_lens, &LatencyLens::filterWanted, this, &ListPane::filterWanted);
    connect(m_lens, &LatencyLens::exchangeWanted, this, &ListPane::exchangeWanted);
    connect(m_lens, &LatencyLens::splitChanged, this, &ListPane::updateCharts);
    m_lens->setDescriber([&model](quint64 seq) {
        const std::optional<RowId> id = model.store().find(seq);
        return id ? rowSentence(model.store().row(*id)) : tr("no longer in the list");
    });
    auto *const lately = new QTimer(this);
    lately->setSingleShot(true);
    lately->setInterval(lensInterval);
    connect(lately, &QTimer::timeout, this, &ListPane::updateCharts);
    connect(&series, &TimeSeries::changed, lately, [lately] {
        if (!lately->isActive())
            lately->start();
    });
    update();
}

ListPane::~ListPane() = default;

/// In a low window the rows come first.
void ListPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool hasRoom = height() >= type::px(300);
    m_strip->setVisible(hasRoom);
    m_lens->setVisible(hasRoom);
}

void ListPane::updateCharts()
{
    if (isVisible())
        m_lens->setSample(LatencySample::of(m_model.store(), m_lens->split()));
}

void ListPane::setGateway(const QString &url, const QString &reason)
{
    m_url = url;
    m_reason = reason;
    update();
}

void ListPane::setCounts(qint64 shown, qint64 all)
{
    const bool wasEmpty = m_shown == 0;
    m_shown = shown;
    m_all = all;
    if (wasEmpty || shown == 0)
        update();
}

void ListPane::setFilter(const QString &text)
{
    m_filter = text;
    m_view->setFilterText(text);
    update();
}

void ListPane::setCapturePaused(bool isPaused)
{
    m_isPaused = isPaused;
    update();
}

void ListPane::update()
{
    if (m_shown == 0)
        showEmpty();
    m_stack->setCurrentIndex(m_shown == 0 ? 1 : 0);
}

void ListPane::showEmpty()
{
    m_empty->clearButtons();
    m_empty->setCommand({});
    if (m_all > 0) {
        const QString also = m_isPaused ? tr(" Recording is paused, too.") : QString();
        m_empty->setContent(Glyph::Filter, tr("Nothing matches %1").arg(m_filter),
                            tr("%1 exchanges are hidden.").arg(groupedNumber(m_all)) + also);
        connect(m_empty->addButton(tr("Clear the filter")), &QPushButton::clicked, this,
                &ListPane::filterClearWanted);
    } else if (m_url.isEmpty()) {
        m_empty->setContent(Glyph::Stop, tr("The gateway is not running"),
                            m_reason.isEmpty() ? tr("Nothing can arrive until it does.")
                                               : m_reason);
        connect(m_empty->addButton(tr("Run it")), &QPushButton::clicked, this,
                &ListPane::runWanted);
        connect(m_empty->addButton(tr("Attach to another…")), &QPushButton::clicked, this,
                &ListPane::attachWanted);
        offerCapture();
    } else if (m_isPaused) {
        m_empty->setContent(Glyph::Pause, tr("Recording is paused"),
                            tr("Requests pass as always; none of them is kept."));
        connect(m_empty->addButton(tr("Resume")), &QPushButton::clicked, this,
                &ListPane::resumeWanted);
    } else {
        m_empty->setContent(Glyph::Traffic, tr("No traffic yet"),
                            tr("Gatehouse listens on %1. Send it something:").arg(m_url));
        m_empty->setCommand(QStringLiteral("curl -i %1/").arg(m_url));
        connect(m_empty->addButton(tr("Send a sample")), &QPushButton::clicked, this,
                &ListPane::sampleWanted);
        offerCapture();
    }
}

void ListPane::offerCapture()
{
    connect(m_empty->addButton(tr("Open a capture…")), &QPushButton::clicked, this,
            &ListPane::captureWanted);
}

} // namespace gatehouse::ui
