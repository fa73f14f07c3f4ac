// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/bodyeditor.h"

#include "ui/models/composeroutgoing.h"
#include "ui/models/jsonlayout.h"
#include "ui/models/units.h"
#include "ui/pages/composer/bodyhighlighter.h"
#include "ui/pages/composer/fieldeditor.h"
#include "ui/pages/composer/problemline.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"
#include "ui/widgets/textview.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>

namespace gatehouse::ui {

using Kind = ComposerBody::Kind;

namespace {

QString laidOut(const QString &json)
{
    JsonLayout layout;
    QByteArray out;
    layout.feed(json.toUtf8(), out);
    return QString::fromUtf8(out).trimmed();
}

} // namespace

BodyEditor::BodyEditor(QWidget *parent)
    : QWidget(parent)
    , m_kinds(new Picker(tr("Kind of body"), this))
    , m_pretty(new QPushButton(tr("Pretty print"), this))
    , m_stack(new QStackedWidget(this))
    , m_nothing(new QWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_highlighter(new BodyHighlighter(m_text->document()))
    , m_form(new FieldEditor(tr("Form fields"), false, this))
    , m_hex(new TextView(this))
    , m_problem(new ProblemLine(this))
{
    m_kinds->addItems({tr("No body"), tr("Text"), tr("JSON"), tr("Form"), tr("File"), tr("Bytes")});
    m_text->setAccessibleName(tr("Text of the body"));
    m_text->setFont(type::data());
    m_text->setTabChangesFocus(true); // Ctrl+Tab is for the request tabs
    m_hex->setAccessibleName(tr("Bytes of the body"));
    QWidget *const file = makeFile();
    for (QWidget *const page :
         {m_nothing, static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_form), file,
          static_cast<QWidget *>(m_hex)})
        m_stack->addWidget(page);
    auto *const tools = new QHBoxLayout;
    tools->setContentsMargins(12, 6, 12, 6);
    tools->setSpacing(8);
    tools->addWidget(m_kinds);
    tools->addWidget(m_pretty);
    tools->addWidget(m_problem, 1);
    tools->addStretch();
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_stack, 1);
    connect(m_kinds, &QComboBox::activated, this, [this] {
        showKind();
        onEdited();
    });
    connect(m_pretty, &QPushButton::clicked, this, &BodyEditor::prettify);
    connect(m_text, &QPlainTextEdit::textChanged, this, &BodyEditor::onEdited);
    connect(m_form, &FieldEditor::edited, this, &BodyEditor::onEdited);
    showKind();
}

BodyEditor::~BodyEditor() = default;

QWidget *BodyEditor::makeFile()
{
    auto *const page = new QWidget(this);
    m_file = new QLineEdit(page);
    m_file->setAccessibleName(tr("File to send"));
    m_file->setPlaceholderText(tr("path of the file to send"));
    m_file->setFont(type::data());
    auto *const choose = new QPushButton(tr("Choose…"), page);
    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_file, 1);
    row->addWidget(choose);
    auto *const column = new QVBoxLayout(page);
    column->setContentsMargins(12, 4, 12, 12);
    column->addLayout(row);
    column->addWidget(paragraph(tr("The bytes of the file are the body, as they are. It is read "
                                   "when the request is sent, up to %1.")
                                    .arg(sizeQuantity(mostFileBytes).text()),
                                "muted", page));
    column->addStretch();
    connect(choose, &QPushButton::clicked, this, &BodyEditor::chooseFile);
    connect(m_file, &QLineEdit::textEdited, this, &BodyEditor::onEdited);
    return page;
}

Kind BodyEditor::kind() const
{
    return Kind(m_kinds->currentIndex());
}

void BodyEditor::setKind(Kind kind)
{
    m_kinds->setCurrentIndex(int(kind));
    showKind();
    onEdited();
}

void BodyEditor::showKind()
{
    QWidget *page = m_nothing;
    if (kind() == Kind::Text || kind() == Kind::Json)
        page = m_text;
    else if (kind() != Kind::None)
        page = m_stack->widget(kind() == Kind::Form ? 2 : kind() == Kind::File ? 3 : 4);
    m_stack->setCurrentWidget(page);
    m_pretty->setVisible(kind() == Kind::Json);
    m_highlighter->setLook(kind() == Kind::Json ? TextLook::Json : TextLook::Plain);
    examine();
}

void BodyEditor::setBody(const ComposerBody &body)
{
    if (body == this->body())
        return;
    m_isFilling = true;
    m_kinds->setCurrentIndex(int(body.kind));
    m_text->setPlainText(body.text);
    m_form->setFields(body.form);
    m_file->setText(body.file);
    m_bytes = body.bytes;
    m_hex->setSource(memorySource(m_bytes), TextLook::Hex);
    m_isFilling = false;
    showKind();
}

ComposerBody BodyEditor::body() const
{
    return {kind(), m_text->toPlainText(), m_form->fields(), m_file->text(), m_bytes};
}

void BodyEditor::setEnvironment(const ComposerEnvironment &environment)
{
    m_highlighter->setEnvironment(environment);
    m_form->setEnvironment(environment);
}

void BodyEditor::setProblem(const QString &sentence)
{
    m_refusal = sentence;
    examine();
}

QString BodyEditor::sentence() const
{
    return m_problem->sentence();
}

void BodyEditor::examine()
{
    if (!m_refusal.isEmpty()) {
        m_problem->say(ProblemLine::Mood::Error, m_refusal);
    } else if (kind() == Kind::Json) {
        // Sent as it is all the same: a wrong body is a test, too.
        m_problem->say(ProblemLine::Mood::Warning, jsonProblem(m_text->toPlainText()));
    } else if (kind() == Kind::Bytes) {
        m_problem->say(
            ProblemLine::Mood::Info,
            tr("%1 that are no text: sent as they are.").arg(sizeQuantity(m_bytes.size()).text()));
    } else {
        m_problem->clear();
    }
}

void BodyEditor::onEdited()
{
    if (m_isFilling)
        return;
    examine();
    Q_EMIT edited();
}

void BodyEditor::prettify()
{
    QString text = m_text->toPlainText();
    if (!jsonProblem(text).isEmpty())
        return;
    // The brackets of variables are none of JSON's: marks of private use stand for them.
    const QChar open(0xE000);
    const QChar close(0xE001);
    const std::vector<VariableUse> uses = variablesIn(text);
    for (auto use = uses.rbegin(); use != uses.rend(); ++use) // from the end: places stay right
        text.replace(use->start, use->length,
                     open + QString(text.mid(use->start + 2, use->length - 4)) + close);
    text = laidOut(text);
    text.replace(open, QStringLiteral("{{")).replace(close, QStringLiteral("}}"));
    QTextCursor cursor(m_text->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text); // one step of Undo
}

void BodyEditor::chooseFile()
{
    auto *const dialog = new QFileDialog(this, tr("File to send"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_file->setText(path);
        onEdited();
    });
    dialog->open();
}

} // namespace gatehouse::ui
