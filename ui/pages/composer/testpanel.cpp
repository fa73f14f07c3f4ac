// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/testpanel.h"

#include "engine/filter/expression.h"
#include "ui/models/composertestfile.h"
#include "ui/pages/composer/problemline.h"
#include "ui/settings/type.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

namespace gatehouse::ui {

namespace {

qint64 kept(const client::ExchangeDetail &detail, client::Message::Kind kind)
{
    const client::Message *const message = detail.message(kind);
    return message ? std::min(message->bodyKept, TestPanel::mostBodyBytes) : 0;
}

bool isCut(const client::ExchangeDetail &detail, client::Message::Kind kind)
{
    const client::Message *const message = detail.message(kind);
    return message && message->bodySize > kept(detail, kind);
}

QLineEdit *field(const QString &name, QWidget *parent)
{
    auto *const made = new QLineEdit(parent);
    made->setAccessibleName(name);
    return made;
}

} // namespace

TestPanel::TestPanel(client::AdminApi &api, QWidget *parent)
    : QWidget(parent)
    , m_loader(api)
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_name(field(tr("Name of the test"), this))
    , m_expect(new QListWidget(this))
    , m_more(field(tr("Another expectation"), this))
    , m_yaml(new QPlainTextEdit(this))
    , m_file(field(tr("File of tests"), this))
    , m_save(new QPushButton(tr("Add to the file"), this))
    , m_problem(new ProblemLine(this))
{
    m_empty->setContent(Glyph::Tests, tr("Nothing to make a test of"),
                        tr("Send the request through the gateway first. What it did then is what "
                           "the test expects."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeForm());
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(m_name, &QLineEdit::textEdited, this, &TestPanel::showYaml);
    connect(m_expect, &QListWidget::itemChanged, this, &TestPanel::showYaml);
    connect(m_more, &QLineEdit::returnPressed, this, &TestPanel::addExpectation);
    connect(m_save, &QPushButton::clicked, this, &TestPanel::save);
}

TestPanel::~TestPanel() = default;

QWidget *TestPanel::makeForm()
{
    m_expect->setAccessibleName(tr("What the test expects"));
    m_expect->setFont(type::data());
    m_expect->setMinimumHeight(type::px(76));
    m_expect->setMaximumHeight(type::px(176));
    m_yaml->setMinimumHeight(type::px(72));
    m_more->setFont(type::data());
    m_more->setPlaceholderText(tr("another one, as a filter: dur<200ms (Enter)"));
    m_yaml->setAccessibleName(tr("The test as YAML"));
    m_yaml->setReadOnly(true);
    m_yaml->setFont(type::data());
    m_yaml->setTabChangesFocus(true);
    m_file->setFont(type::data());
    m_save->setProperty("kind", "primary");
    auto *const choose = new QPushButton(tr("Choose…"), this);
    connect(choose, &QPushButton::clicked, this, [this] {
        auto *const dialog = new QFileDialog(this, tr("File of tests"), m_file->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite); // it is appended to
        connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
        dialog->open();
    });
    auto *const file = new QHBoxLayout;
    file->setSpacing(8);
    file->addWidget(m_file, 1);
    file->addWidget(choose);
    file->addWidget(m_save);
    auto *const form = new QWidget(this);
    auto *const column = new QVBoxLayout(form);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(4);
    column->addWidget(label(tr("Name"), "section", form));
    column->addWidget(m_name);
    column->addSpacing(8);
    column->addWidget(label(tr("It passes if"), "section", form));
    column->addWidget(m_expect);
    column->addWidget(m_more);
    column->addSpacing(8);
    column->addWidget(m_yaml, 1);
    column->addSpacing(4);
    column->addWidget(m_problem);
    column->addLayout(file);
    // Below the list of a small window there is less room than the form needs.
    auto *const area = new QScrollArea(this);
    area->setAccessibleName(tr("Test"));
    area->setWidgetResizable(true);
    area->setWidget(form);
    form->setMinimumHeight(type::px(380));
    return area;
}

void TestPanel::setFile(const QString &path)
{
    if (!m_file->isModified())
        m_file->setText(path);
}

void TestPanel::setExchange(const client::ExchangeDetail &detail)
{
    loadBodies(detail);
}

void TestPanel::loadBodies(const client::ExchangeDetail &detail)
{
    m_loader.load(detail.seq, Side::Request, kept(detail, client::Message::Received),
                  [this, detail](const Result<QByteArray> &body) {
                      loadAnswer(detail, body.value_or(QByteArray()));
                  });
}

void TestPanel::loadAnswer(const client::ExchangeDetail &detail, const QByteArray &requestBody)
{
    m_loader.load(detail.seq, Side::Response, kept(detail, client::Message::Got),
                  [this, detail, requestBody](const Result<QByteArray> &body) {
                      fill(detail, requestBody, body.value_or(QByteArray()));
                  });
}

void TestPanel::fill(const client::ExchangeDetail &detail, const QByteArray &request,
                     const QByteArray &answer)
{
    m_test = client::testFrom(detail, request, answer);
    m_note.clear();
    if (isCut(detail, client::Message::Received))
        m_note = tr("The body of the request was not recorded as a whole: the test sends less.");
    const QSignalBlocker quiet(m_expect);
    m_expect->clear();
    for (const QString &expectation : m_test->expect) {
        auto *const item = new QListWidgetItem(expectation, m_expect);
        item->setCheckState(Qt::Checked);
    }
    m_name->setText(m_test->name);
    m_stack->setCurrentIndex(1);
    showYaml();
}

void TestPanel::addExpectation()
{
    const QString text = m_more->text().trimmed();
    if (text.isEmpty())
        return;
    const auto parsed = filter::Expression::parse(text);
    if (!parsed) {
        m_problem->say(ProblemLine::Mood::Error, parsed.error().message);
        return;
    }
    auto *const item = new QListWidgetItem(text, m_expect);
    item->setCheckState(Qt::Checked);
    m_more->clear();
    showYaml();
}

client::TestCase TestPanel::test() const
{
    client::TestCase test = m_test.value_or(client::TestCase());
    test.name = m_name->text().trimmed();
    test.expect.clear();
    for (int i = 0; i < m_expect->count(); ++i) {
        if (m_expect->item(i)->checkState() == Qt::Checked)
            test.expect << m_expect->item(i)->text();
    }
    return test;
}

QByteArray TestPanel::yaml() const
{
    return m_test ? client::toYaml({test()}) : QByteArray();
}

QString TestPanel::sentence() const
{
    return m_problem->sentence();
}

void TestPanel::showYaml()
{
    const client::TestCase now = test();
    m_yaml->setPlainText(QString::fromUtf8(yaml()));
    const bool isComplete = !now.name.isEmpty() && !now.expect.isEmpty();
    m_save->setEnabled(isComplete);
    if (now.name.isEmpty())
        m_problem->say(ProblemLine::Mood::Error, tr("A test needs a name."));
    else if (now.expect.isEmpty())
        m_problem->say(ProblemLine::Mood::Error,
                       tr("Tick what the test expects: else it proves "
                          "nothing."));
    else
        m_problem->say(ProblemLine::Mood::Warning, m_note);
}

void TestPanel::save()
{
    const QString path = m_file->text().trimmed();
    if (path.isEmpty() || !QFileInfo(path).isAbsolute()) {
        m_problem->say(ProblemLine::Mood::Error, tr("Name the file with its whole path."));
        return;
    }
    const Result<void> done = appendTest(path, test());
    if (!done) {
        m_problem->say(ProblemLine::Mood::Error, done.error().message());
        return;
    }
    m_problem->say(ProblemLine::Mood::Info, tr("Added. Run it with: gatehouse test %1").arg(path));
}

} // namespace gatehouse::ui
