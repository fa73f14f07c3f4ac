// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/composertab.h"

#include "ui/models/curlcommand.h"
#include "ui/pages/composer/answerview.h"
#include "ui/pages/composer/destinationbar.h"
#include "ui/pages/composer/destinations.h"
#include "ui/pages/composer/environments.h"
#include "ui/pages/composer/historyview.h"
#include "ui/pages/composer/repeatpanel.h"
#include "ui/pages/composer/requesteditor.h"
#include "ui/pages/composer/testpanel.h"
#include "ui/widgets/listdetailsplitter.h"

#include <QDir>
#include <QFileInfo>
#include <QShortcut>
#include <QUuid>
#include <QVBoxLayout>

namespace gatehouse::ui {

ComposerTab::ComposerTab(client::AdminApi &api, const Destinations &destinations,
                         const Environments &environments, QWidget *parent)
    : QWidget(parent)
    , m_destinations(destinations)
    , m_environments(environments)
    , m_finder(api)
    , m_otherFinder(api)
    , m_editor(new RequestEditor(destinations, this))
    , m_answer(new AnswerView(api, this))
    , m_historyView(new HistoryView(m_history, this))
    , m_repeat(new RepeatPanel(api, this))
    , m_test(new TestPanel(api, this))
{
    m_editor->addPage(tr("History"), m_historyView);
    m_editor->addPage(tr("Repeat"), m_repeat);
    m_editor->addPage(tr("Test"), m_test);
    auto *const splitter = new ListDetailSplitter(this);
    splitter->addWidget(m_editor);
    splitter->addWidget(m_answer);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connectAll();
    applyEnvironment();
}

ComposerTab::~ComposerTab() = default;

void ComposerTab::connectAll()
{
    connect(m_editor, &RequestEditor::edited, this, &ComposerTab::edited);
    connect(m_editor, &RequestEditor::sendWanted, this, &ComposerTab::send);
    connect(m_editor, &RequestEditor::cancelWanted, this, &ComposerTab::cancel);
    connect(m_editor, &RequestEditor::curlPasted, this, &ComposerTab::importCurl);
    connect(m_answer, &AnswerView::openPlace, this, &ComposerTab::openPlace);
    connect(m_answer, &AnswerView::jumpWanted, this, &ComposerTab::jumpWanted);
    connect(m_historyView, &HistoryView::restoreWanted, this, &ComposerTab::restore);
    connect(m_historyView, &HistoryView::showWanted, this, &ComposerTab::showExchange);
    connect(m_historyView, &HistoryView::compareWanted, this, &ComposerTab::compare);
    connect(m_repeat, &RepeatPanel::startWanted, this, &ComposerTab::repeat);
    connect(m_repeat, &RepeatPanel::showWanted, this, &ComposerTab::showExchange);
    connect(&m_environments, &Environments::changed, this, &ComposerTab::applyEnvironment);
    const auto onDestinations = [this] {
        applyEnvironment(); // the URL that is shown follows the gateway
        const QString config = m_destinations.configFile();
        const QString folder =
            config.isEmpty() ? QDir::homePath() : QFileInfo(config).absolutePath();
        m_test->setFile(folder + QStringLiteral("/tests.yaml"));
    };
    connect(&m_destinations, &Destinations::changed, this, onDestinations);
    onDestinations();
    auto *const escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &ComposerTab::cancel);
}

void ComposerTab::applyEnvironment()
{
    m_editor->setEnvironment(m_environments.current());
}

void ComposerTab::setRequest(const ComposerRequest &request)
{
    m_editor->setRequest(request);
    Q_EMIT edited();
}

ComposerRequest ComposerTab::request() const
{
    return m_editor->request();
}

QString ComposerTab::title() const
{
    return request().title();
}

void ComposerTab::setMasked(bool on)
{
    m_editor->setMasked(on);
}

void ComposerTab::say(const QString &sentence, bool isError)
{
    m_editor->say(sentence, isError);
}

void ComposerTab::send()
{
    if (isSending())
        return;
    OutgoingPlan plan = m_editor->plan(FileBodies::Read);
    if (!plan.problems.empty()) {
        const ComposerPlace place = plan.problems.front().place;
        if (place == ComposerPlace::Headers)
            m_editor->setCurrentPage(RequestEditor::Headers);
        else if (place == ComposerPlace::Body)
            m_editor->setCurrentPage(RequestEditor::Body);
        m_answer->showError(plan.problems.front().sentence);
        return;
    }
    const bool isDirect = m_editor->destination().isDirect();
    if (!isDirect)
        plan.request.tag = "composer-" + QUuid::createUuid().toByteArray(QUuid::Id128);
    m_finder.cancel();
    m_sentId = m_history.add(request(), QDateTime::currentDateTime());
    m_context = std::make_unique<QObject>();
    m_editor->setSending(true);
    m_answer->showWaiting(title());
    m_sender.send(plan.request, m_context.get(),
                  [this, tag = plan.request.tag, isDirect](const auto &answer) {
                      take(answer, tag, isDirect);
                  });
}

void ComposerTab::cancel()
{
    if (!isSending())
        return;
    endSending();
    m_sender.cancelAll();
    const QString sentence = tr("Given up before an answer came.");
    m_history.update(m_sentId, [&](ComposerSent &sent) { sent.error = sentence; });
    m_answer->showError(sentence);
}

void ComposerTab::endSending()
{
    m_context.release()->deleteLater(); // this may be its own callback
    m_editor->setSending(false);
}

void ComposerTab::take(const Result<client::IncomingAnswer> &answer, const QByteArray &tag,
                       bool isDirect)
{
    if (!isSending()) // it was given up
        return;
    endSending();
    if (!answer) {
        m_history.update(m_sentId, [&](ComposerSent &sent) { sent.error = answer.error().text(); });
        m_answer->showError(tr("%1 %2").arg(
            answer.error().text() + (answer.error().text().endsWith('.') ? "" : "."),
            isDirect ? tr("Is the instance running?") : tr("Is the gateway running?")));
    } else {
        m_history.update(m_sentId, [&](ComposerSent &sent) {
            sent.status = answer->status;
            sent.durationUs = answer->durationUs;
            sent.size = answer->bodySize;
        });
        m_answer->showAnswer(*answer, isDirect);
    }
    // Of a request without an answer there may be a record, too: it says why.
    if (!isDirect)
        findExchange(tag);
}

void ComposerTab::findExchange(const QByteArray &tag)
{
    m_finder.find(tag, [this](const Result<client::ExchangeDetail> &detail) {
        if (detail)
            takeExchange(*detail);
        else
            m_answer->showNoExchange(detail.error().message());
    });
}

void ComposerTab::takeExchange(const client::ExchangeDetail &detail)
{
    m_history.update(m_sentId, [&](ComposerSent &sent) {
        sent.seq = detail.seq;
        sent.decision = detail.summary["decision"].toString();
    });
    m_answer->showExchange(detail);
    m_test->setExchange(detail);
}

void ComposerTab::makeTest(const client::ExchangeDetail &detail)
{
    m_answer->showExchange(detail);
    m_test->setExchange(detail);
    m_editor->showPage(m_test);
}

void ComposerTab::importCurl(const QString &command)
{
    const Result<CurlCommand> parsed = parseCurl(command);
    if (!parsed) {
        say(parsed.error().message(), true);
        return;
    }
    setRequest(parsed->request);
    say(parsed->notes.isEmpty()
            ? tr("Taken from the curl command.")
            : tr("Taken from the curl command. %1.").arg(parsed->notes.join(QStringLiteral("; "))),
        false);
}

void ComposerTab::repeat()
{
    const OutgoingPlan plan = m_editor->plan(FileBodies::Read);
    if (!plan.problems.empty()) {
        m_repeat->say(plan.problems.front().sentence);
        return;
    }
    m_repeat->start(plan.request, !m_editor->destination().isDirect(), title());
}

void ComposerTab::restore(const ComposerSent &sent)
{
    setRequest(sent.request);
    if (sent.isBodyCut)
        say(tr("Its body was too large for the history: fill it in."), true);
    m_editor->setCurrentPage(RequestEditor::Query);
}

void ComposerTab::showExchange(quint64 seq)
{
    m_finder.fetch(seq, [this](const Result<client::ExchangeDetail> &detail) {
        if (!detail) {
            m_answer->showNoExchange(detail.error().message());
            return;
        }
        m_answer->showNothing();
        m_answer->showExchange(*detail);
    });
}

void ComposerTab::compare(quint64 before, quint64 after)
{
    m_otherFinder.fetch(before, [this, after](const Result<client::ExchangeDetail> &other) {
        if (!other) {
            m_historyView->say(other.error().message());
            return;
        }
        m_answer->setOther(*other);
        m_finder.fetch(after, [this](const Result<client::ExchangeDetail> &detail) {
            if (!detail) {
                m_historyView->say(detail.error().message());
                return;
            }
            m_answer->showNothing();
            m_answer->showExchange(*detail);
            m_answer->detail().setCurrentTab(DetailView::Tab::Compare);
        });
    });
}

} // namespace gatehouse::ui
