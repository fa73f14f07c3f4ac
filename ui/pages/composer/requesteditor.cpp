// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/requesteditor.h"

#include "ui/models/composerquery.h"
#include "ui/pages/composer/autheditor.h"
#include "ui/pages/composer/bodyeditor.h"
#include "ui/pages/composer/controls.h"
#include "ui/pages/composer/destinationbar.h"
#include "ui/pages/composer/fieldeditor.h"
#include "ui/pages/composer/problemline.h"
#include "ui/pages/composer/targetline.h"
#include "ui/settings/type.h"
#include "ui/widgets/picker.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>

namespace gatehouse::ui {

RequestEditor::RequestEditor(const Destinations &destinations, QWidget *parent)
    : QWidget(parent)
    , m_method(new Picker(tr("Method"), this))
    , m_target(new TargetLine(this))
    , m_send(new QPushButton(this))
    , m_destination(new DestinationBar(destinations, this))
    , m_problem(new ProblemLine(this))
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_query(new FieldEditor(tr("Query parameters"), false, this))
    , m_headers(new FieldEditor(tr("Headers"), true, this))
    , m_body(new BodyEditor(this))
    , m_auth(new AuthEditor(this))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setAccessibleName(tr("Parts of the request"));
    column->addWidget(m_bar);
    column->addWidget(thinLine(this));
    column->addWidget(m_stack, 1);
    makePages();
    connectAll();
    setSending(false);
}

RequestEditor::~RequestEditor() = default;

QWidget *RequestEditor::makeTop()
{
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->lineEdit()->setAccessibleName(m_method->accessibleName());
    m_method->addItems({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"});
    m_method->setFont(type::data(13, QFont::DemiBold));
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToContentsOnFirstShow);
    m_method->setMinimumWidth(type::px(104));
    m_send->setProperty("kind", "primary");
    m_send->setMinimumWidth(type::px(84));
    auto *const top = new QWidget(this);
    auto *const line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_method);
    line->addWidget(m_target, 1);
    line->addWidget(m_send);
    auto *const column = new QVBoxLayout(top);
    column->setContentsMargins(12, 12, 12, 8);
    column->setSpacing(8);
    column->addLayout(line);
    column->addWidget(m_problem);
    column->addWidget(m_destination);
    return top;
}

void RequestEditor::makePages()
{
    addPage(tr("Query"), m_query);
    addPage(tr("Headers"), m_headers);
    addPage(tr("Body"), m_body);
    addPage(tr("Auth"), m_auth);
}

void RequestEditor::addPage(const QString &title, QWidget *page)
{
    m_stack->addWidget(page);
    m_bar->addTab(title);
}

void RequestEditor::connectAll()
{
    connect(m_bar, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_method, &QComboBox::currentTextChanged, this, &RequestEditor::onEdited);
    connect(m_target, &QLineEdit::textEdited, this, &RequestEditor::onTargetEdited);
    connect(m_target, &TargetLine::curlPasted, this, &RequestEditor::curlPasted);
    connect(m_target, &QLineEdit::returnPressed, this, &RequestEditor::sendWanted);
    connect(m_destination, &DestinationBar::edited, this, &RequestEditor::onEdited);
    connect(m_query, &FieldEditor::edited, this, &RequestEditor::onQueryEdited);
    connect(m_headers, &FieldEditor::edited, this, &RequestEditor::onEdited);
    connect(m_body, &BodyEditor::edited, this, &RequestEditor::onEdited);
    connect(m_auth, &AuthEditor::headerWanted, this, &RequestEditor::writeAuthorization);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_isSending)
            Q_EMIT cancelWanted();
        else
            Q_EMIT sendWanted();
    });
}

void RequestEditor::setRequest(const ComposerRequest &request)
{
    m_isFilling = true;
    m_method->setCurrentText(request.method);
    m_target->setText(request.target);
    m_destination->setRequest(request);
    m_query->setFields(request.query.empty() ? queryOf(request.target) : request.query);
    m_headers->setFields(request.headers);
    m_body->setBody(request.body);
    m_isFilling = false;
    m_news.clear();
    examine();
}

ComposerRequest RequestEditor::request() const
{
    ComposerRequest request;
    request.method = m_method->currentText().trimmed();
    request.target = m_target->text();
    m_destination->put(request);
    request.query = m_query->fields();
    request.headers = m_headers->fields();
    request.body = m_body->body();
    return request;
}

void RequestEditor::setEnvironment(const ComposerEnvironment &environment)
{
    m_environment = environment;
    m_query->setEnvironment(environment);
    m_headers->setEnvironment(environment);
    m_body->setEnvironment(environment);
    examine();
}

void RequestEditor::onTargetEdited()
{
    m_query->setFields(mergedQuery(m_target->text(), m_query->fields()));
    onEdited();
}

void RequestEditor::onQueryEdited()
{
    m_target->setText(withQuery(m_target->text(), m_query->fields()));
    onEdited();
}

void RequestEditor::onEdited()
{
    if (m_isFilling)
        return;
    m_news.clear();
    examine();
    Q_EMIT edited();
}

void RequestEditor::writeAuthorization(const QString &value)
{
    const auto isAuthorization = [](const ComposerField &field) {
        return field.name.compare(QLatin1String("Authorization"), Qt::CaseInsensitive) == 0;
    };
    ComposerFields headers = m_headers->fields();
    std::erase_if(headers, isAuthorization);
    if (!value.isEmpty())
        headers.push_back({QStringLiteral("Authorization"), value, true});
    m_headers->setFields(headers);
    onEdited();
}

OutgoingPlan RequestEditor::plan(FileBodies files)
{
    OutgoingPlan made = planFor(request(), m_environment, m_destination->base(), files);
    markTarget(made);
    QString headers;
    QString body;
    for (const ComposerProblem &problem : made.problems) {
        if (problem.place == ComposerPlace::Headers && headers.isEmpty())
            headers = problem.sentence;
        if (problem.place == ComposerPlace::Body && body.isEmpty())
            body = problem.sentence;
    }
    m_headers->setProblem(headers);
    m_body->setProblem(body);
    return made;
}

OutgoingPlan RequestEditor::exportPlan() const
{
    return planFor(request(), m_environment, m_destination->base(), FileBodies::Read,
                   Secrets::Keep);
}

void RequestEditor::markTarget(const OutgoingPlan &made)
{
    QString sentence;
    for (const ComposerProblem &problem : made.problems) {
        const bool isHere =
            problem.place == ComposerPlace::Target || problem.place == ComposerPlace::Method;
        if (isHere && sentence.isEmpty())
            sentence = problem.sentence;
    }
    m_target->setEdge(sentence.isEmpty() ? Token::LineStrong : Token::Error);
    m_target->setMark(-1, 0);
    for (const VariableUse &use : variablesIn(m_target->text())) {
        const QString text = m_target->text().mid(use.start, use.length);
        if (!resolved(text, m_environment).problems.isEmpty())
            m_target->setMark(use.start, use.length);
    }
    m_destination->setPreview(
        sentence.isEmpty() ? made.request.url.toDisplayString(QUrl::FullyEncoded) : QString());
    if (!sentence.isEmpty())
        m_problem->say(ProblemLine::Mood::Error, sentence);
    else
        m_problem->say(m_isNewsError ? ProblemLine::Mood::Error : ProblemLine::Mood::Info, m_news);
}

void RequestEditor::examine()
{
    (void)plan();
    showCounts();
    QString authorization;
    for (const ComposerField &field : m_headers->fields()) {
        if (field.name.compare(QLatin1String("Authorization"), Qt::CaseInsensitive) == 0
            && field.isOn)
            authorization = field.value;
    }
    m_auth->setHeader(authorization);
}

void RequestEditor::showCounts()
{
    const auto title = [](const QString &name, const ComposerFields &fields) {
        const auto on = std::ranges::count(fields, true, &ComposerField::isOn);
        return on == 0 ? name : QStringLiteral("%1 (%2)").arg(name).arg(on);
    };
    m_bar->setTabText(Query, title(tr("Query"), m_query->fields()));
    m_bar->setTabText(Headers, title(tr("Headers"), m_headers->fields()));
    const bool hasBody = m_body->body().kind != ComposerBody::Kind::None;
    m_bar->setTabText(Body, hasBody ? tr("Body •") : tr("Body"));
}

void RequestEditor::showPage(QWidget *page)
{
    m_bar->setCurrentIndex(m_stack->indexOf(page));
}

void RequestEditor::setCurrentPage(int page)
{
    m_bar->setCurrentIndex(page);
}

int RequestEditor::currentPage() const
{
    return m_bar->currentIndex();
}

void RequestEditor::setSending(bool on)
{
    m_isSending = on;
    m_send->setText(on ? tr("Cancel") : tr("Send"));
    m_send->setToolTip(on ? tr("Give the request up (Esc)") : tr("Send (Ctrl+Enter)"));
}

void RequestEditor::setMasked(bool on)
{
    m_headers->setMasked(on);
}

void RequestEditor::say(const QString &sentence, bool isError)
{
    m_news = sentence;
    m_isNewsError = isError;
    examine();
}

QString RequestEditor::sentence() const
{
    return m_problem->sentence();
}

void RequestEditor::focusTarget()
{
    m_target->setFocus();
    m_target->selectAll();
}

} // namespace gatehouse::ui
