// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routeform.h"

#include "ui/pages/detail/scrollcolumn.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routefield.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QFormLayout>
#include <QScrollBar>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

QFormLayout *formIn(QVBoxLayout &column)
{
    auto *const form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft);
    column.addLayout(form);
    return form;
}

} // namespace

RouteForm::RouteForm(RouteDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_area(new ScrollColumn(this))
{
    m_area->setAccessibleName(tr("Settings of the route"));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_area);
    connect(&draft, &RouteDraft::textChanged, this, &RouteForm::refresh);
    connect(&draft, &RouteDraft::checked, this, &RouteForm::showProblems);
}

RouteForm::~RouteForm() = default;

void RouteForm::setSchema(const RouteSchema &schema)
{
    m_schema = schema;
    m_shape.clear();
    refresh();
}

void RouteForm::showRoute(int index)
{
    if (index != m_route)
        m_wanted.clear();
    m_route = index;
    refresh();
}

RouteField *RouteForm::field(const QStringList &keys) const
{
    const auto it = m_fields.find(keys);
    return it == m_fields.end() ? nullptr : it->second;
}

QStringList RouteForm::path(const QStringList &keys) const
{
    return QStringList{QStringLiteral("routes"), QString::number(m_route)} + keys;
}

QStringList RouteForm::namesUnder(const char *key) const
{
    QStringList names;
    if (const YamlNode *const node = m_ranges.find({QLatin1String(key)})) {
        for (const YamlEntry &entry : node->entries)
            names << entry.key;
    }
    return names;
}

QString RouteForm::useOf(int index) const
{
    const YamlNode *const node = m_ranges.find(path({"middleware", QString::number(index)}));
    if (!node)
        return {};
    return node->isMap() ? node->textOf(QStringLiteral("use")) : node->text;
}

/// Two routes of the same shape need the same widgets.
QString RouteForm::shape() const
{
    QStringList parts{QString::number(m_schema.isEmpty()), namesUnder("services").join(','),
                      namesUnder("middleware").join(',')};
    const YamlNode *const chain = m_ranges.find(path({"middleware"}));
    for (std::size_t i = 0; chain && i < chain->entries.size(); ++i) {
        const YamlNode &node = chain->entries[i].value;
        parts << useOf(int(i));
        for (const YamlEntry &entry : node.entries)
            parts << QLatin1Char('.') + entry.key;
    }
    for (const QStringList &wanted : m_wanted)
        parts << QLatin1Char('+') + wanted.join('.');
    return m_ranges.find(path({})) ? parts.join(QLatin1Char(' ')) : QStringLiteral("none");
}

void RouteForm::refresh()
{
    m_ranges = YamlRanges(m_draft.text());
    if (const QString now = shape(); now != m_shape) {
        m_shape = now;
        rebuild();
    }
    showValues();
    showProblems();
}

void RouteForm::rebuild()
{
    QStringList focused;
    for (const auto &[keys, field] : m_fields) {
        if (field->focusProxy()->hasFocus())
            focused = keys;
    }
    const int scrolled = m_area->verticalScrollBar()->value();
    QVBoxLayout &column = *m_area->restart();
    m_fields.clear(); // after restart(): a field that loses the focus may enter its value there
    column.setSpacing(12);
    if (m_route < 0 || !m_ranges.find(path({}))) {
        column.addWidget(paragraph(tr("Another file has this route: edit it there."), "second"));
    } else if (m_schema.isEmpty()) {
        column.addWidget(paragraph(tr("The engine has not told yet what a route may hold. The "
                                      "YAML below can be edited."),
                                   "second"));
    } else {
        addRouteFields(column, true);
        addMiddlewares(column);
        column.addWidget(label(tr("MORE"), "section"));
        addRouteFields(column, false);
    }
    column.addStretch();
    if (RouteField *const again = field(focused))
        again->focusEditor();
    column.activate();
    m_area->widget()->adjustSize();
    m_area->verticalScrollBar()->setValue(scrolled);
}

/// What says which requests and where to comes first; the rest below the middlewares.
void RouteForm::addRouteFields(QVBoxLayout &column, bool isFirst)
{
    static const QStringList first{QStringLiteral("id"), QStringLiteral("service"),
                                   QStringLiteral("match")};
    QString section;
    QFormLayout *form = formIn(column);
    for (const RouteFieldInfo &info : m_schema.route()) {
        if (first.contains(info.keys.first()) != isFirst)
            continue;
        const QString group = info.keys.size() > 1 ? info.keys.first() : QString();
        if (group != section) {
            if (!group.isEmpty())
                column.addWidget(label(group.toUpper(), "section"));
            form = formIn(column);
            section = group;
        }
        addField(*form, info, info.keys);
    }
}

void RouteForm::addField(QFormLayout &form, const RouteFieldInfo &info, const QStringList &keys)
{
    auto *const made = new RouteField(info);
    if (keys == QStringList{QStringLiteral("service")})
        made->setChoices(namesUnder("services"), tr("none: a middleware answers"));
    QLabel *const caption = label(made->name(), "second");
    caption->setMinimumWidth(type::px(92));
    caption->setFixedHeight(type::px(26));
    caption->setToolTip(info.description);
    caption->setBuddy(made);
    form.addRow(caption, made);
    m_fields[keys] = made;
    connect(made, &RouteField::entered, this,
            [this, made, keys](const QString &typed) { enter(*made, keys, typed); });
}

void RouteForm::enter(const RouteField &field, const QStringList &keys, const QString &typed)
{
    const QString &text = m_draft.text();
    const QStringList place = path(keys);
    m_wanted.erase(keys);
    if (typed.isEmpty()) {
        if (m_ranges.find(place))
            m_draft.edit(yaml::remove(text, place));
        return;
    }
    const RouteFieldInfo &info = field.info();
    const QStringList parent = place.mid(0, place.size() - 1);
    const YamlNode *const holder = m_ranges.find(parent);
    const bool isNameOnly = holder && keys.first() == QLatin1String("middleware")
        && holder->kind == YamlNode::Kind::Scalar;
    if (isNameOnly && info.kind != RouteFieldInfo::Kind::Source)
        m_draft.edit(yaml::set(
            text, parent, QJsonObject{{"use", holder->text}, {keys.last(), info.value(typed)}}));
    else if (info.kind == RouteFieldInfo::Kind::Source)
        m_draft.edit(yaml::setSource(text, place, typed));
    else
        m_draft.edit(yaml::set(text, place, info.value(typed)));
}

void RouteForm::addMiddlewares(QVBoxLayout &column)
{
    column.addWidget(label(tr("MIDDLEWARE, OUTERMOST FIRST"), "section"));
    const YamlNode *const chain = m_ranges.find(path({"middleware"}));
    for (std::size_t i = 0; chain && i < chain->entries.size(); ++i)
        addCard(column, int(i));
    auto *const adding = new Picker(tr("Add a middleware"));
    adding->addItem(tr("Add a middleware…"));
    for (const QString &name : namesUnder("middleware"))
        adding->addItem(name, name);
    for (const QString &kind : m_schema.kinds()) {
        adding->addItem(kind, kind);
        adding->setItemData(adding->count() - 1, m_schema.description(kind), Qt::ToolTipRole);
    }
    connect(adding, &QComboBox::activated, this, [this, adding](int row) {
        if (row > 0)
            m_draft.edit(yaml::insert(m_draft.text(), path({"middleware"}), 1000,
                                      adding->itemData(row).toString()));
    });
    column.addWidget(adding, 0, Qt::AlignLeft);
}

QWidget *RouteForm::cardHead(int index, const QString &use)
{
    auto *const head = new QWidget;
    auto *const row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(label(use, "strong"));
    row->addSpacing(4);
    QLabel *const words = label(m_schema.description(use), "muted");
    words->setMinimumWidth(40);
    words->setWordWrap(true);
    row->addWidget(words, 1);
    const auto button = [&](Glyph glyph, const QString &name, auto edit) {
        auto *const made = new QToolButton;
        made->setIcon(icon(glyph));
        made->setAccessibleName(name);
        made->setToolTip(name);
        connect(made, &QToolButton::clicked, this, [this, edit] { m_draft.edit(edit()); });
        row->addWidget(made);
    };
    if (index > 0)
        button(Glyph::ChevronUp, tr("Move %1 outwards").arg(use), [this, index] {
            return yaml::swapWithNext(m_draft.text(), path({"middleware"}), index - 1);
        });
    button(Glyph::Remove, tr("Remove %1").arg(use), [this, index] {
        return yaml::remove(m_draft.text(), path({"middleware", QString::number(index)}));
    });
    return head;
}

void RouteForm::addCard(QVBoxLayout &column, int index)
{
    const QString use = useOf(index);
    QFrame *const frame = card();
    auto *const inner = new QVBoxLayout(frame);
    inner->setContentsMargins(12, 8, 8, 8);
    inner->setSpacing(6);
    inner->addWidget(cardHead(index, use));
    QFormLayout *const form = formIn(*inner);
    const QStringList entry{QStringLiteral("middleware"), QString::number(index)};
    for (const RouteFieldInfo &info : m_schema.settings(use)) {
        const QStringList keys = entry + info.keys;
        if (m_ranges.find(path(keys)) || info.isRequired || m_wanted.contains(keys))
            addField(*form, info, keys);
    }
    addMoreSettings(*form, index, use);
    column.addWidget(frame);
}

void RouteForm::addMoreSettings(QFormLayout &form, int index, const QString &use)
{
    const QStringList entry{QStringLiteral("middleware"), QString::number(index)};
    auto *const more = new Picker(tr("Add a setting of %1").arg(use));
    more->addItem(tr("Add a setting…"));
    for (const RouteFieldInfo &info : m_schema.settings(use)) {
        if (m_fields.contains(entry + info.keys))
            continue;
        more->addItem(info.keys.last(), entry + info.keys);
        more->setItemData(more->count() - 1, info.description, Qt::ToolTipRole);
    }
    if (more->count() == 1) {
        delete more;
        return;
    }
    connect(more, &QComboBox::activated, this, [this, more](int row) {
        const QStringList keys = more->itemData(row).toStringList();
        if (keys.isEmpty())
            return;
        m_wanted.insert(keys);
        refresh();
        if (RouteField *const made = field(keys))
            made->focusEditor();
    });
    form.addRow(more);
}

void RouteForm::showValues()
{
    for (const auto &[keys, field] : m_fields)
        field->show(field->info().shown(m_ranges.find(path(keys)), m_draft.text()));
}

void RouteForm::showProblems()
{
    for (const auto &[keys, field] : m_fields) {
        std::vector<RouteProblem> own;
        for (const RouteProblem &problem : m_draft.problems()) {
            const QStringList place = problem.keys();
            // What is said of a whole object stands at none of its fields.
            if (place.size() >= keys.size() + 2 && place.mid(0, keys.size() + 2) == path(keys))
                own.push_back(problem);
        }
        field->setProblems(own);
    }
}

} // namespace gatehouse::ui
