// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/answerview.h"

#include "ui/models/units.h"
#include "ui/pages/composer/controls.h"
#include "ui/pages/composer/problemline.h"
#include "ui/settings/type.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fieldtable.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

QWidget *waitingPage(QLabel *&text, QWidget *parent)
{
    auto *const page = new QWidget(parent);
    text = label({}, "second", page);
    text->setAlignment(Qt::AlignCenter);
    auto *const bar = new QProgressBar(page);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedWidth(type::px(200));
    bar->setAccessibleName(AnswerView::tr("Waiting for the answer"));
    auto *const column = new QVBoxLayout(page);
    column->addStretch(2);
    column->addWidget(text);
    column->addSpacing(8);
    column->addWidget(bar, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

} // namespace

AnswerView::AnswerView(client::AdminApi &api, QWidget *parent)
    : QWidget(parent)
    , m_status(label({}, "headline", this))
    , m_facts(label({}, "second", this))
    , m_asReceived(new QToolButton(this))
    , m_problem(new ProblemLine(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_waiting(waitingPage(m_waitingText, this))
    , m_raw(makeRaw())
    , m_detail(new DetailView(api, this))
{
    static_cast<EmptyState *>(m_empty)->setContent(
        Glyph::Composer, tr("No answer yet"),
        tr("Ctrl+Enter sends the request. Here is then what came back, what the gateway did with "
           "it, and why."));
    for (QWidget *const page : {m_empty, m_waiting, m_raw, static_cast<QWidget *>(m_detail)})
        m_stack->addWidget(page);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(thinLine(this));
    column->addWidget(m_stack, 1);
    connect(m_detail, &DetailView::openPlace, this, &AnswerView::openPlace);
    connect(m_detail, &DetailView::jumpWanted, this, &AnswerView::jumpWanted);
    connect(m_asReceived, &QToolButton::toggled, this, &AnswerView::showRaw);
    showNothing();
}

AnswerView::~AnswerView() = default;

QWidget *AnswerView::makeTop()
{
    m_asReceived->setText(tr("As received"));
    m_asReceived->setToolTip(tr("Show the answer as it was received, instead of the exchange"));
    m_asReceived->setAccessibleName(m_asReceived->toolTip());
    m_asReceived->setCheckable(true);
    auto *const top = new QWidget(this);
    auto *const line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_status);
    line->addWidget(m_facts, 1);
    line->addWidget(m_asReceived);
    auto *const column = new QVBoxLayout(top);
    column->setContentsMargins(16, 8, 12, 8);
    column->setSpacing(4);
    column->addLayout(line);
    column->addWidget(m_problem);
    top->setMinimumHeight(type::px(44));
    return top;
}

QWidget *AnswerView::makeRaw()
{
    auto *const splitter = new QSplitter(Qt::Vertical, this);
    m_headers = new FieldTable(splitter);
    m_headers->setAccessibleName(tr("Headers of the answer"));
    m_body = new BodyView(splitter);
    splitter->addWidget(m_headers);
    splitter->addWidget(m_body);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({type::px(200), type::px(400)});
    return splitter;
}

void AnswerView::setStatus(int status, const QString &text)
{
    m_status->setText(text);
    QPalette palette = m_status->palette();
    palette.setColor(QPalette::WindowText,
                     status > 0 ? Theme::current().status(status)
                                : Theme::current().color(Token::Text));
    m_status->setPalette(palette);
    // The style sheet has the last word on colours.
    m_status->setStyleSheet(
        QStringLiteral("color: %1").arg(palette.color(QPalette::WindowText).name()));
    m_status->setVisible(!text.isEmpty());
}

void AnswerView::showNothing()
{
    m_hasExchange = false;
    setStatus(0, tr("Answer"));
    m_facts->clear();
    m_problem->clear();
    m_asReceived->hide();
    m_stack->setCurrentWidget(m_empty);
}

void AnswerView::showWaiting(const QString &request)
{
    m_hasExchange = false;
    setStatus(0, tr("Under way"));
    m_facts->clear();
    m_problem->clear();
    m_asReceived->hide();
    m_waitingText->setText(tr("Waiting for the answer to %1").arg(request));
    m_stack->setCurrentWidget(m_waiting);
}

void AnswerView::showAnswer(const client::IncomingAnswer &answer, bool isDirect)
{
    setStatus(answer.status,
              QStringLiteral("%1 %2").arg(answer.status).arg(answer.reason).trimmed());
    m_facts->setText(tr("%1, %2%3")
                         .arg(durationQuantity(answer.durationUs * 1000).text(),
                              sizeQuantity(answer.bodySize).text(),
                              isDirect ? tr(", past the gateway") : QString()));
    std::vector<std::pair<QString, QString>> headers;
    BodyContent content{memorySource(answer.body), {}, {}, answer.bodySize};
    for (const auto &[name, value] : answer.headers) {
        headers.emplace_back(QString::fromUtf8(name), QString::fromUtf8(value));
        if (name.compare("content-type", Qt::CaseInsensitive) == 0)
            content.contentType = QString::fromUtf8(value);
        if (name.compare("content-encoding", Qt::CaseInsensitive) == 0)
            content.contentEncoding = QString::fromUtf8(value);
    }
    m_headers->setFields(headers);
    m_body->setContent(content);
    m_problem->clear();
    m_asReceived->hide();
    m_stack->setCurrentWidget(m_raw);
}

void AnswerView::showError(const QString &sentence)
{
    m_hasExchange = false;
    setStatus(0, tr("No answer"));
    m_facts->clear();
    m_problem->say(ProblemLine::Mood::Error, sentence);
    m_asReceived->hide();
    m_stack->setCurrentWidget(m_empty);
}

void AnswerView::showExchange(const client::ExchangeDetail &detail)
{
    m_hasExchange = true;
    if (m_stack->currentWidget() == m_empty || m_stack->currentWidget() == m_waiting) {
        // Without the answer itself, the record says how it went.
        setStatus(detail.summary["status"].toInt(),
                  detail.summary["status"].toVariant().toString());
        m_facts->setText(durationQuantity(detail.durationUs * 1000).text());
    } else {
        m_asReceived->show();
    }
    m_facts->setText(
        m_facts->text().section(QStringLiteral(" · "), 0, 0)
        + QStringLiteral(" · #%1, %2").arg(detail.seq).arg(detail.summary["decision"].toString()));
    m_detail->showExchange(detail);
    showRaw(m_asReceived->isChecked() && m_asReceived->isVisibleTo(this));
}

void AnswerView::showNoExchange(const QString &sentence)
{
    m_problem->say(ProblemLine::Mood::Info, sentence);
}

void AnswerView::showRaw(bool on)
{
    m_stack->setCurrentWidget(on || !m_hasExchange ? m_raw : static_cast<QWidget *>(m_detail));
}

void AnswerView::setOther(std::optional<client::ExchangeDetail> other)
{
    m_detail->setOther(std::move(other));
}

QString AnswerView::headline() const
{
    return m_status->text();
}

QString AnswerView::sentence() const
{
    return m_problem->sentence();
}

bool AnswerView::isShowingExchange() const
{
    return m_stack->currentWidget() == m_detail;
}

} // namespace gatehouse::ui
