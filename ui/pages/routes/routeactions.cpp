// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routeactions.h"

#include "ui/actions/shortcuts.h"
#include "ui/pages/routes/routedraft.h"

#include <QAction>
#include <QJsonArray>

namespace gatehouse::ui {

namespace {

const QStringList routesPath{QStringLiteral("routes")};

} // namespace

RouteActions::RouteActions(RouteDraft &draft, Shortcuts &shortcuts, QObject *parent)
    : QObject(parent)
    , m_draft(draft)
{
    const std::pair<const char *, void (RouteActions::*)()> all[] = {
        {"route.new", &RouteActions::add},
        {"route.duplicate", &RouteActions::duplicate},
        {"route.delete", &RouteActions::remove},
        {"route.up", &RouteActions::moveUp},
        {"route.down", &RouteActions::moveDown}};
    for (const auto &[id, work] : all) {
        QAction *const action = shortcuts.make(QLatin1String(id), this);
        connect(action, &QAction::triggered, this, work);
        m_all << action;
    }
    connect(&draft, &RouteDraft::textChanged, this, &RouteActions::update);
    update();
}

RouteActions::~RouteActions() = default;

void RouteActions::setRoute(int index)
{
    m_route = index;
    update();
}

int RouteActions::count() const
{
    const YamlRanges ranges(m_draft.text());
    const YamlNode *const list = ranges.find(routesPath);
    return list ? int(list->entries.size()) : 0;
}

void RouteActions::update()
{
    const int routes = count();
    const bool isOne = m_route >= 0 && m_route < routes;
    m_all[0]->setEnabled(m_draft.isLoaded());
    m_all[1]->setEnabled(isOne);
    m_all[2]->setEnabled(isOne);
    m_all[3]->setEnabled(isOne && m_route > 0);
    m_all[4]->setEnabled(isOne && m_route + 1 < routes);
}

QString RouteActions::freeId(const QString &stem) const
{
    const YamlRanges ranges(m_draft.text());
    QStringList taken;
    if (const YamlNode *const list = ranges.find(routesPath)) {
        for (const YamlEntry &entry : list->entries)
            taken << entry.value.textOf(QStringLiteral("id"));
    }
    QString id = stem;
    for (int number = 2; taken.contains(id); ++number)
        id = QStringLiteral("%1-%2").arg(stem).arg(number);
    return id;
}

void RouteActions::add()
{
    const YamlRanges ranges(m_draft.text());
    const YamlNode *const services = ranges.find({QStringLiteral("services")});
    const QString id = freeId(QStringLiteral("new"));
    QJsonObject route{{"id", id}, {"match", QJsonObject{{"path", QLatin1Char('/') + id}}}};
    if (services && !services->entries.empty())
        route.insert("service", services->entries.front().key);
    else
        route.insert("middleware", QJsonArray{QJsonObject{{"use", "respond"}, {"status", 200}}});
    const int index = m_route < 0 ? count() : m_route + 1;
    if (m_draft.edit(yaml::insert(m_draft.text(), routesPath, index, route)))
        Q_EMIT routeWanted(index);
}

void RouteActions::duplicate()
{
    const QString old = YamlRanges(m_draft.text())
                            .find({"routes", QString::number(m_route)})
                            ->textOf(QStringLiteral("id"));
    const auto copy = yaml::duplicate(m_draft.text(), routesPath, m_route);
    if (!copy) {
        m_draft.edit(copy);
        return;
    }
    // One step to undo: the copy and its name.
    const QString text = copy->appliedTo(m_draft.text());
    const int index = m_route + 1;
    const auto named = yaml::set(text, {"routes", QString::number(index), "id"},
                                 freeId(old.isEmpty() ? QStringLiteral("new") : old));
    m_draft.setText(named ? named->appliedTo(text) : text);
    Q_EMIT routeWanted(index);
}

void RouteActions::remove()
{
    const int index = m_route;
    if (m_draft.edit(yaml::remove(m_draft.text(), {"routes", QString::number(index)})))
        Q_EMIT routeWanted(std::min(index, count() - 1));
}

void RouteActions::moveUp()
{
    const int index = m_route;
    if (m_draft.edit(yaml::swapWithNext(m_draft.text(), routesPath, index - 1)))
        Q_EMIT routeWanted(index - 1);
}

void RouteActions::moveDown()
{
    const int index = m_route;
    if (m_draft.edit(yaml::swapWithNext(m_draft.text(), routesPath, index)))
        Q_EMIT routeWanted(index + 1);
}

} // namespace gatehouse::ui
