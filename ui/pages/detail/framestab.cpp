// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/framestab.h"

#include "ui/models/streamend.h"
#include "ui/models/units.h"
#include "ui/pages/detail/frametable.h"
#include "ui/settings/type.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/gapchart.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLineEdit>
#include <QSaveFile>
#include <QSplitter>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

QToolButton *button(Glyph glyph, const QString &text, const QString &tip, QWidget *parent)
{
    auto *const made = new QToolButton(parent);
    made->setIcon(icon(glyph));
    made->setText(text);
    made->setAccessibleName(text);
    made->setToolTip(tip);
    return made;
}

} // namespace

FramesTab::FramesTab(client::AdminApi &api, QWidget *parent)
    : DetailTab(parent)
    , m_api(api)
    , m_feed(api)
    , m_state(paragraph({}, "second", this))
    , m_chart(new GapChart(m_model, this))
    , m_filter(new QLineEdit(this))
    , m_filterNote(paragraph({}, "error", this))
    , m_table(new FrameTable(m_model, this))
    , m_frameTitle(paragraph({}, "second", this))
    , m_data(new BodyView(this))
{
    auto *const splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(makeTop());
    splitter->addWidget(makeBottom());
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({600, 400}); // shares, not pixels: there is no height yet
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(&m_feed, &FrameFeed::arrived, this, &FramesTab::take);
    connect(&m_feed, &FrameFeed::ended, this, &FramesTab::fetchEnd);
    connect(&m_feed, &FrameFeed::failed, this, [this](const QString &why) {
        m_problem = why;
        updateState();
    });
    connect(m_filter, &QLineEdit::textChanged, this, &FramesTab::applyFilter);
    connect(m_table, &FrameTable::frameChosen, this, &FramesTab::showFrame);
    connect(m_table, &FrameTable::followingChanged, m_follow, &QToolButton::setChecked);
    connect(m_table, &FrameTable::copyWanted, this, &FramesTab::copy);
    connect(m_table, &FrameTable::saveWanted, this, &FramesTab::save);
    connect(m_table, &FrameTable::filterWanted, m_filter, &QLineEdit::setText);
    connect(m_chart, &GapChart::framesChosen, m_table, &FrameTable::selectFrames);
}

FramesTab::~FramesTab()
{
    m_table->disconnect(this);
    delete m_table; // before the model that it shows
    delete m_chart;
}

QWidget *FramesTab::makeTop()
{
    auto *const top = new QWidget(this);
    m_state->setContentsMargins(16, 12, 16, 4);
    m_filter->setObjectName(QStringLiteral("frameFilter"));
    m_filter->setPlaceholderText(tr("Filter frames: text, event:tick, gap>200ms"));
    m_filter->setAccessibleName(tr("Filter of the frames"));
    m_filter->setMaxLength(4096);
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Glyph::Filter, Token::Text3), QLineEdit::LeadingPosition);
    m_filterNote->setContentsMargins(16, 0, 16, 4);
    m_filterNote->hide();
    auto *const tools = new QHBoxLayout;
    tools->setContentsMargins(12, 4, 12, 4);
    tools->setSpacing(4);
    tools->addWidget(m_filter, 1);
    makeToolbar(*tools);
    auto *const column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_state);
    column->addWidget(m_chart);
    column->addLayout(tools);
    column->addWidget(m_filterNote);
    column->addWidget(m_table, 1);
    return top;
}

QWidget *FramesTab::makeBottom()
{
    auto *const bottom = new QWidget(this);
    m_frameTitle->setContentsMargins(16, 8, 16, 4);
    auto *const column = new QVBoxLayout(bottom);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_frameTitle);
    column->addWidget(m_data, 1);
    return bottom;
}

void FramesTab::makeToolbar(QBoxLayout &row)
{
    m_follow = button(Glyph::Live, tr("Follow"), tr("Follow the newest frame (End)"), this);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_pause = button(Glyph::Pause, tr("Pause"),
                     tr("Show no further frames; the stream itself goes on"), this);
    m_pause->setCheckable(true);
    QToolButton *const copyButton =
        button(Glyph::Copy, tr("Copy"), tr("Copy the data of the selected frames (Ctrl+C)"), this);
    QToolButton *const saveButton =
        button(Glyph::Save, tr("Save"), tr("Save the frames that are shown, as JSON lines"), this);
    connect(m_follow, &QToolButton::clicked, m_table, &FrameTable::setFollowing);
    connect(m_pause, &QToolButton::toggled, this, &FramesTab::setPaused);
    connect(copyButton, &QToolButton::clicked, this, &FramesTab::copy);
    connect(saveButton, &QToolButton::clicked, this, &FramesTab::save);
    for (QToolButton *const each : {m_follow, m_pause, copyButton, saveButton})
        row.addWidget(each);
}

bool FramesTab::showExchange(const client::ExchangeDetail &detail)
{
    // The same one again, later: its frames stay.
    const bool isSame = detail.seq == m_detail.seq && detail.requestId == m_detail.requestId
        && detail.stream == m_detail.stream;
    m_detail = detail;
    if (detail.stream.isEmpty()) {
        m_feed.close();
        m_model.restart(true);
        return false;
    }
    if (!isSame || m_feed.seq() != detail.seq) {
        m_page = {};
        m_problem.clear();
        m_shownFrame = -1;
        m_model.restart(detail.stream != QLatin1String("lines"));
        m_pause->setChecked(false);
        m_table->setFollowing(true);
        m_feed.open(detail.seq);
    }
    updateState();
    return true;
}

void FramesTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    updateRunning();
}

void FramesTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    updateRunning();
}

/// In a low window the frames come first.
void FramesTab::resizeEvent(QResizeEvent *event)
{
    DetailTab::resizeEvent(event);
    m_chart->setVisible(height() >= type::px(440));
}

void FramesTab::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    m_pause->setChecked(isPaused);
    updateRunning();
    updateState();
}

void FramesTab::updateRunning()
{
    m_feed.setRunning(isVisible() && !m_isPaused);
}

void FramesTab::take(const FramePage &page)
{
    m_problem.clear();
    m_page = page;
    m_page.frames.clear();
    m_model.append(page.frames);
    updateState();
    if (m_shownFrame < 0 && m_model.rowCount() > 0)
        showFrame();
}

/// What was asked for while the stream was open does not know its end.
void FramesTab::fetchEnd()
{
    if (!isOpen(m_detail))
        return;
    m_api.call(client::Op::Exchange, {{"seq", QString::number(m_detail.seq)}}, this,
               [this, seq = m_detail.seq](const Result<QJsonObject> &answer) {
                   if (!answer || seq != m_detail.seq)
                       return;
                   m_detail = client::ExchangeDetail::from(*answer);
                   updateState();
               });
}

void FramesTab::updateState()
{
    QStringList sentences;
    const qint64 total = std::max(m_page.total, m_model.lastIndex() + 1);
    if (m_page.isOpen || isOpen(m_detail))
        sentences << tr("The stream is open, %1 frames so far.").arg(groupedNumber(total));
    else
        sentences << tr("%1 frames.").arg(groupedNumber(total)) << streamEnd(m_detail);
    if (m_page.isCut)
        sentences << tr("The body reached its cap in the record: what came later was passed on "
                        "and not kept. Settings, Recording has the cap.");
    if (m_model.dropped() > 0)
        sentences << tr("The first %1 are no longer listed.").arg(groupedNumber(m_model.dropped()));
    if (m_isPaused)
        sentences << tr("Paused here; the stream itself goes on.");
    if (!m_problem.isEmpty())
        sentences << tr("The engine does not answer: %1.").arg(m_problem);
    m_state->setText(sentences.join(u' '));
}

void FramesTab::applyFilter()
{
    const Result<FrameFilter> filter = FrameFilter::parse(m_filter->text());
    m_filterNote->setVisible(!filter);
    if (!filter) { // the last one that could be read stays in force
        m_filterNote->setText(filter.error().message());
        return;
    }
    m_model.setFilter(*filter);
}

void FramesTab::showFrame()
{
    const QModelIndex current = m_table->currentIndex();
    if (m_whole)
        m_whole->deleteLater();
    m_whole = nullptr;
    m_data->setVisible(current.isValid());
    if (!current.isValid()) {
        m_shownFrame = -1;
        m_frameTitle->setText(m_model.rowCount() > 0 ? tr("Choose a frame to see all of its data.")
                                                     : tr("No frame to show."));
        return;
    }
    const StreamFrame frame = m_model.frame(current.row());
    m_shownFrame = frame.index;
    const QString data = frame.data.isEmpty() ? frame.comment : frame.data;
    showData(frame, data.toUtf8());
    if (frame.isDataCut())
        fetchWhole(frame);
}

void FramesTab::showData(const StreamFrame &frame, const QByteArray &data)
{
    QStringList parts{tr("Frame %1").arg(frame.index), frame.kind(m_model.isEvents())};
    if (!frame.id.isEmpty())
        parts << tr("id %1").arg(frame.id);
    if (frame.at >= 0)
        parts << tr("%1 after the start").arg(durationQuantity(frame.at * 1000).text());
    parts << sizeQuantity(frame.size).text();
    if (frame.retryMs >= 0)
        parts << tr("retry after %1").arg(durationQuantity(frame.retryMs * 1'000'000).text());
    if (frame.dataBytes > data.size())
        parts << tr("the first %1 of %2")
                     .arg(sizeQuantity(data.size()).text(), sizeQuantity(frame.dataBytes).text());
    m_frameTitle->setText(parts.join(QStringLiteral(", ")));
    m_data->setContent({memorySource(data), {}, {}, -1});
}

/// A page brings 4 KiB of a frame at most; all of it lies in the body.
void FramesTab::fetchWhole(const StreamFrame &frame)
{
    m_whole = new QObject(this);
    const client::Parameters parameters{{QStringLiteral("seq"), QString::number(m_detail.seq)},
                                        {QStringLiteral("side"), QStringLiteral("response")},
                                        {QStringLiteral("offset"), QString::number(frame.offset)},
                                        {QStringLiteral("limit"), QString::number(frame.size)}};
    m_api.fetch(client::Op::ExchangeBody, parameters, m_whole,
                [this, frame, context = m_whole](const Result<QByteArray> &raw) {
                    if (context != m_whole || !raw)
                        return; // the part is shown, and said to be one
                    QByteArray data = m_model.isEvents() ? eventData(*raw) : *raw;
                    if (!m_model.isEvents() && data.endsWith('\n'))
                        data.chop(1);
                    // A body with a coding has other offsets: then the part has to do.
                    if (data.size() == frame.dataBytes)
                        showData(frame, data);
                });
}

void FramesTab::copy()
{
    const QString data = m_table->selectedData();
    if (!data.isEmpty())
        QApplication::clipboard()->setText(data);
}

void FramesTab::save()
{
    auto *const dialog = new QFileDialog(this, tr("Save the frames"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    dialog->selectFile(QStringLiteral("frames-%1.jsonl").arg(m_detail.seq));
    connect(dialog, &QFileDialog::fileSelected, this, &FramesTab::saveTo);
    dialog->open();
}

bool FramesTab::saveTo(const QString &path)
{
    QSaveFile file(path);
    bool isWritten = file.open(QIODevice::WriteOnly);
    for (int row = 0; isWritten && row < m_model.rowCount(); ++row)
        isWritten =
            file.write(QJsonDocument(m_model.frame(row).toJson()).toJson(QJsonDocument::Compact)
                       + '\n')
            > 0;
    isWritten = isWritten && file.commit();
    m_filterNote->setVisible(!isWritten);
    m_filterNote->setText(
        isWritten ? QString() : tr("%1 cannot be written: %2.").arg(path, file.errorString()));
    return isWritten;
}

} // namespace gatehouse::ui
