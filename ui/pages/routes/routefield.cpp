// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routefield.h"

#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

QString hintOf(const RouteFieldInfo &info)
{
    if (!info.usual.isEmpty())
        return info.usual;
    switch (info.kind) {
    case RouteFieldInfo::Kind::Texts:
        return RouteField::tr("any; several with commas between");
    case RouteFieldInfo::Kind::Pairs:
        return RouteField::tr("none; name: value; name: value");
    default:
        return info.isRequired ? RouteField::tr("is required") : RouteField::tr("none");
    }
}

} // namespace

RouteField::RouteField(const RouteFieldInfo &info, QWidget *parent)
    : QWidget(parent)
    , m_info(info)
    , m_problem(paragraph({}, "error", this))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_problem);
    m_problem->hide();
    if (info.kind == RouteFieldInfo::Kind::Choice)
        makePicker(info.choices,
                   info.usual.isEmpty() ? tr("not set") : tr("%1 (usual)").arg(info.usual));
    else
        makeLine();
}

RouteField::~RouteField() = default;

void RouteField::makeLine()
{
    m_line = new QLineEdit(this);
    m_line->setFont(type::data());
    m_line->setPlaceholderText(hintOf(m_info));
    m_line->setAccessibleName(name());
    m_line->setAccessibleDescription(m_info.description);
    m_line->setToolTip(m_info.description);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_line);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        const QString typed = m_line->text().trimmed();
        if (typed == m_value || m_line->isReadOnly())
            return;
        m_value = typed;
        Q_EMIT entered(typed);
    });
}

void RouteField::makePicker(const QStringList &choices, const QString &none)
{
    m_picker = new Picker(name(), this);
    m_picker->setAccessibleDescription(m_info.description);
    m_picker->setToolTip(m_info.description);
    m_picker->addItem(none, QString());
    for (const QString &choice : choices)
        m_picker->addItem(choice, choice);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_picker, 0, Qt::AlignLeft);
    setFocusProxy(m_picker);
    connect(m_picker, &QComboBox::activated, this, [this] {
        const QString chosen = m_picker->currentData().toString();
        if (chosen == m_value)
            return;
        m_value = chosen;
        Q_EMIT entered(chosen);
    });
}

void RouteField::setChoices(const QStringList &choices, const QString &none)
{
    delete m_line;
    delete m_picker;
    m_line = nullptr;
    makePicker(choices, none);
}

void RouteField::show(const QString &value)
{
    if (m_picker) {
        int at = m_picker->findData(value);
        if (at < 0) { // not among the choices, but it stands there
            m_picker->addItem(value, value);
            at = m_picker->count() - 1;
        }
        m_picker->setCurrentIndex(at);
    } else if (!m_line->hasFocus() || m_line->text().trimmed() == m_value) {
        const bool isLong = value.contains(QLatin1Char('\n'));
        m_line->setReadOnly(isLong);
        m_line->setText(isLong ? tr("several lines: edit them in the YAML below") : value);
        m_line->setCursorPosition(0);
    }
    m_value = value;
}

QString RouteField::shownValue() const
{
    return m_picker ? m_picker->currentData().toString() : m_line->text();
}

void RouteField::setProblems(const std::vector<RouteProblem> &problems)
{
    QStringList lines;
    for (const RouteProblem &problem : problems) {
        const QString words = problem.fix.isEmpty()
            ? problem.message
            : tr("%1: %2").arg(problem.message, problem.fix);
        lines << (problem.isError ? words : tr("Warning: %1").arg(words));
    }
    m_problem->setText(lines.join(QLatin1Char('\n')));
    const bool hasError = std::ranges::any_of(problems, &RouteProblem::isError);
    m_problem->setProperty("kind", hasError ? "error" : "second");
    m_problem->style()->polish(m_problem); // the style sheet asks for the kind once
    m_problem->setVisible(!lines.isEmpty());
}

QString RouteField::problemText() const
{
    return m_problem->text();
}

void RouteField::focusEditor()
{
    focusProxy()->setFocus();
}

} // namespace gatehouse::ui
