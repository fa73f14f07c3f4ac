// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routeeditor.h"

#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routeform.h"
#include "ui/pages/routes/routeyaml.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

RouteEditor::RouteEditor(RouteDraft &draft, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
    , m_form(new RouteForm(draft))
    , m_yaml(new RouteYaml(draft))
    , m_extent(new QButtonGroup(this))
{
    setAccessibleName(tr("Route"));
    auto *const lower = new QWidget;
    auto *const head = new QHBoxLayout;
    head->setContentsMargins(16, 4, 12, 4);
    head->setSpacing(4);
    head->addWidget(label(tr("YAML"), "section"));
    head->addStretch();
    int id = 0;
    for (const QString &name : {tr("This route"), tr("Whole file")}) {
        auto *const button = new QToolButton;
        button->setText(name);
        button->setAccessibleName(tr("YAML: %1").arg(name));
        button->setCheckable(true);
        m_extent->addButton(button, id++);
        head->addWidget(button);
    }
    m_extent->button(0)->setChecked(true);
    connect(m_extent, &QButtonGroup::idClicked, this,
            [this](int chosen) { setWhole(chosen == 1); });
    auto *const column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_yaml, 1);
    addWidget(m_form);
    addWidget(lower);
    setChildrenCollapsible(false);
    setStretchFactor(0, 1);
    setStretchFactor(1, 1);
}

RouteEditor::~RouteEditor() = default;

/// Side by side where there is more width than height.
void RouteEditor::resizeEvent(QResizeEvent *event)
{
    const auto wanted = 2 * width() > 3 * height() ? Qt::Horizontal : Qt::Vertical;
    if (wanted != orientation() || !m_isShared) {
        setOrientation(wanted);
        const int length = wanted == Qt::Vertical ? height() : width();
        setSizes({length * 62 / 100, length * 38 / 100});
        m_isShared = true;
    }
    QSplitter::resizeEvent(event);
}

void RouteEditor::setSchema(const RouteSchema &schema)
{
    m_form->setSchema(schema);
}

void RouteEditor::showRoute(int index)
{
    m_route = index;
    m_form->showRoute(index);
    setWhole(index < 0 || m_extent->checkedId() == 1);
}

void RouteEditor::setWhole(bool isWhole)
{
    m_extent->button(1)->setChecked(isWhole);
    m_extent->button(0)->setEnabled(m_route >= 0);
    m_extent->button(0)->setChecked(!isWhole);
    m_yaml->showRoute(isWhole ? -1 : m_route);
}

void RouteEditor::goTo(int line, int column)
{
    if (m_yaml->goTo(line, column))
        return;
    setWhole(true);
    m_yaml->goTo(line, column);
}

} // namespace gatehouse::ui
