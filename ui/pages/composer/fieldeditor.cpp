// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/fieldeditor.h"

#include "ui/models/composerfieldsmodel.h"
#include "ui/models/composerquery.h"
#include "ui/pages/composer/controls.h"
#include "ui/pages/composer/fielddelegate.h"
#include "ui/pages/composer/problemline.h"
#include "ui/settings/type.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace gatehouse::ui {

FieldEditor::FieldEditor(const QString &name, bool hasText, QWidget *parent)
    : QWidget(parent)
    , m_model(new ComposerFieldsModel(this))
    , m_table(new QTableView(this))
    , m_text(new QPlainTextEdit(this))
    , m_stack(new QStackedWidget(this))
    , m_textMode(glyphButton(Glyph::Edit, tr("Edit as text"), this))
    , m_problem(new ProblemLine(this))
{
    makeTable(name);
    m_text->setAccessibleName(tr("%1 as text").arg(name));
    m_text->setFont(type::data());
    m_text->setTabChangesFocus(true);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_text);
    m_textMode->setCheckable(true);
    m_textMode->setVisible(hasText);
    auto *const remove = glyphButton(Glyph::Remove, tr("Remove the selected lines (Del)"), this);
    auto *const tools = new QHBoxLayout;
    tools->setContentsMargins(12, 4, 8, 4);
    tools->addWidget(m_problem, 1);
    tools->addStretch();
    tools->addWidget(m_textMode);
    tools->addWidget(remove);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_stack, 1);
    connect(remove, &QToolButton::clicked, this, &FieldEditor::removeSelected);
    connect(m_textMode, &QToolButton::toggled, this, &FieldEditor::setTextMode);
    connect(m_model, &ComposerFieldsModel::edited, this, &FieldEditor::edited);
    connect(m_text, &QPlainTextEdit::textChanged, this, &FieldEditor::onTextEdited);
}

FieldEditor::~FieldEditor() = default;

void FieldEditor::makeTable(const QString &name)
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new FieldDelegate(m_table));
    m_table->setAccessibleName(name);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false); // Tab leaves; arrows move
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(type::px(26));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->resizeSection(0, type::px(190));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->installEventFilter(this);
}

bool FieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        removeSelected();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FieldEditor::removeSelected()
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    if (rows.isEmpty() && m_table->currentIndex().isValid())
        rows << m_table->currentIndex().row();
    std::ranges::sort(rows, std::greater());
    for (const int row : std::as_const(rows))
        m_model->removeRows(row, 1);
}

void FieldEditor::setFields(const ComposerFields &fields)
{
    m_model->setFields(fields);
    if (m_textMode->isChecked() && headersFromText(m_text->toPlainText()) != fields) {
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText(headerText(fields));
    }
}

const ComposerFields &FieldEditor::fields() const
{
    return m_model->fields();
}

void FieldEditor::setEnvironment(const ComposerEnvironment &environment)
{
    m_model->setEnvironment(environment);
}

void FieldEditor::setMasked(bool on)
{
    m_model->setMasked(on);
}

void FieldEditor::setProblem(const QString &sentence)
{
    m_problem->say(ProblemLine::Mood::Error, sentence);
}

void FieldEditor::setTextMode(bool on)
{
    m_textMode->setChecked(on);
    if (on) {
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText(headerText(m_model->fields()));
    }
    m_stack->setCurrentWidget(on ? static_cast<QWidget *>(m_text) : m_table);
}

void FieldEditor::onTextEdited()
{
    QString problem;
    m_model->setFields(headersFromText(m_text->toPlainText(), &problem));
    Q_EMIT edited();
    if (!problem.isEmpty())
        setProblem(problem);
}

} // namespace gatehouse::ui
