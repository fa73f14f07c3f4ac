// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/environmenteditor.h"

#include "ui/pages/composer/controls.h"
#include "ui/pages/composer/environments.h"
#include "ui/pages/composer/problemline.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <QTreeWidget>

namespace gatehouse::ui {

namespace {

enum Column { Name, Value, Secret };
constexpr int realValue = Qt::UserRole; ///< of a secret: dots are shown

void showValue(QTreeWidgetItem &item)
{
    const QString value = item.data(Value, realValue).toString();
    const bool isMasked = item.checkState(Secret) == Qt::Checked && !value.isEmpty()
        && !value.startsWith(QLatin1String("${"));
    item.setText(Value, isMasked ? QString(12, QChar(0x2022)) : value);
}

} // namespace

EnvironmentEditor::EnvironmentEditor(Environments &environments, QWidget *parent)
    : QWidget(parent)
    , m_environments(environments)
    , m_which(new Picker(tr("Environment to edit"), this))
    , m_name(new QLineEdit(this))
    , m_table(new QTreeWidget(this))
    , m_problem(new ProblemLine(this))
{
    m_name->setAccessibleName(tr("Name of the environment"));
    m_table->setAccessibleName(tr("Variables"));
    m_table->setHeaderLabels({tr("Name"), tr("Value"), tr("Secret")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->resizeSection(Name, type::px(220));
    m_table->header()->setSectionResizeMode(Value, QHeaderView::Stretch);
    m_table->header()->resizeSection(Secret, type::px(80));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(label(tr("Environments"), "title", this));
    column->addWidget(paragraph(
        tr("{{NAME}} in a URL, a header or a body becomes the value of the chosen environment. "
           "${NAME} as a value takes it from the environment of this program. The value of a "
           "secret is masked and lasts until the window closes; it is never written to a file."),
        "second", this));
    column->addWidget(makeTools());
    column->addWidget(m_problem);
    column->addWidget(m_table, 1);
    connect(m_which, &QComboBox::activated, this, &EnvironmentEditor::fillTable);
    connect(m_name, &QLineEdit::editingFinished, this, &EnvironmentEditor::rename);
    connect(m_table, &QTreeWidget::itemChanged, this, &EnvironmentEditor::onItemChanged);
    refresh();
}

EnvironmentEditor::~EnvironmentEditor() = default;

QWidget *EnvironmentEditor::makeTools()
{
    auto *const tools = new QWidget(this);
    auto *const add = glyphButton(Glyph::Add, tr("New environment"), tools);
    auto *const remove = glyphButton(Glyph::Remove, tr("Remove the environment"), tools);
    auto *const addVariable = new QPushButton(tr("Add a variable"), tools);
    auto *const removeVariable = new QPushButton(tr("Remove the variable"), tools);
    auto *const done = new QPushButton(tr("Done"), tools);
    done->setProperty("kind", "primary");
    auto *const row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_which);
    row->addWidget(m_name);
    row->addWidget(add);
    row->addWidget(remove);
    row->addSpacing(16);
    row->addWidget(addVariable);
    row->addWidget(removeVariable);
    row->addStretch();
    row->addWidget(done);
    connect(add, &QToolButton::clicked, this, &EnvironmentEditor::addEnvironment);
    connect(remove, &QToolButton::clicked, this, &EnvironmentEditor::removeEnvironment);
    connect(addVariable, &QPushButton::clicked, this, &EnvironmentEditor::addVariable);
    connect(removeVariable, &QPushButton::clicked, this, &EnvironmentEditor::removeVariable);
    connect(done, &QPushButton::clicked, this, &EnvironmentEditor::closeWanted);
    return tools;
}

int EnvironmentEditor::currentIndex() const
{
    return m_which->currentIndex();
}

void EnvironmentEditor::refresh()
{
    m_all = m_environments.all();
    m_which->clear();
    m_which->addItems(m_environments.names());
    m_which->setCurrentText(m_environments.currentName());
    fillTable();
}

void EnvironmentEditor::fillTable()
{
    m_isFilling = true;
    m_table->clear();
    m_problem->clear();
    const bool hasOne = currentIndex() >= 0;
    m_name->setEnabled(hasOne);
    m_name->setText(hasOne ? m_all[std::size_t(currentIndex())].name : QString());
    if (hasOne) {
        for (const ComposerVariable &variable : m_all[std::size_t(currentIndex())].variables)
            addRow(variable);
    }
    m_isFilling = false;
}

QTreeWidgetItem *EnvironmentEditor::addRow(const ComposerVariable &variable)
{
    auto *const item = new QTreeWidgetItem(m_table);
    item->setFlags(item->flags() | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
    item->setText(Name, variable.name);
    item->setData(Value, realValue, variable.value);
    item->setCheckState(Secret, variable.isSecret ? Qt::Checked : Qt::Unchecked);
    item->setFont(Name, type::data());
    item->setFont(Value, type::data());
    showValue(*item);
    return item;
}

void EnvironmentEditor::onItemChanged(QTreeWidgetItem *item, int column)
{
    if (m_isFilling)
        return;
    m_isFilling = true;
    // What was typed over the dots is the new value; the dots themselves are none.
    if (column == Value && item->text(Value) != QString(12, QChar(0x2022)))
        item->setData(Value, realValue, item->text(Value));
    if (column != Name)
        showValue(*item);
    m_isFilling = false;
    store();
}

void EnvironmentEditor::store()
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern("[A-Za-z_][A-Za-z0-9_.-]*"));
    if (currentIndex() < 0)
        return;
    QStringList seen;
    QString problem;
    std::vector<ComposerVariable> variables;
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *const item = m_table->topLevelItem(i);
        const QString name = item->text(Name).trimmed();
        if (name.isEmpty())
            continue;
        if (!form.match(name).hasMatch())
            problem = tr("\"%1\" is no name: letters, digits, _ . and - only.").arg(name);
        else if (seen.contains(name))
            problem = tr("%1 is there twice: the first one counts.").arg(name);
        seen << name;
        variables.push_back({name, item->data(Value, realValue).toString(),
                             item->checkState(Secret) == Qt::Checked});
    }
    m_problem->say(ProblemLine::Mood::Error, problem);
    m_all[std::size_t(currentIndex())].variables = std::move(variables);
    m_environments.setAll(m_all);
}

void EnvironmentEditor::rename()
{
    const QString name = m_name->text().trimmed();
    const int at = currentIndex();
    if (at < 0 || name == m_all[std::size_t(at)].name)
        return;
    if (name.isEmpty() || m_environments.names().contains(name)) {
        m_problem->say(ProblemLine::Mood::Error,
                       name.isEmpty() ? tr("An environment needs a name.")
                                      : tr("There is an environment %1 already.").arg(name));
        return;
    }
    const bool wasCurrent = m_environments.currentName() == m_all[std::size_t(at)].name;
    m_all[std::size_t(at)].name = name;
    m_environments.setAll(m_all);
    if (wasCurrent)
        m_environments.choose(name);
    m_which->setItemText(at, name);
    m_problem->clear();
}

void EnvironmentEditor::addEnvironment()
{
    if (m_all.size() == Environments::most)
        return;
    QString name = tr("new");
    for (int i = 2; m_environments.names().contains(name); ++i)
        name = tr("new %1").arg(i);
    m_all.push_back({name, {}});
    m_environments.setAll(m_all);
    m_environments.choose(name);
    refresh();
    m_name->setFocus();
    m_name->selectAll();
}

void EnvironmentEditor::removeEnvironment()
{
    if (currentIndex() < 0)
        return;
    m_all.erase(m_all.begin() + currentIndex());
    m_environments.setAll(m_all);
    refresh();
}

void EnvironmentEditor::addVariable()
{
    if (currentIndex() < 0)
        return;
    m_isFilling = true;
    QTreeWidgetItem *const item = addRow({});
    m_isFilling = false;
    m_table->setCurrentItem(item, Name);
    m_table->editItem(item, Name);
}

void EnvironmentEditor::removeVariable()
{
    delete m_table->currentItem();
    store();
}

QString EnvironmentEditor::sentence() const
{
    return m_problem->sentence();
}

} // namespace gatehouse::ui
