// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/environments.h"

#include "ui/settings/preferences.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr auto listKey = "composer/environments";
constexpr auto currentKey = "composer/environment";

} // namespace

Environments::Environments(Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_current(preferences.state(currentKey).toString())
{
    const QByteArray json = preferences.state(listKey).toString().toUtf8();
    for (const QJsonValue &each : QJsonDocument::fromJson(json).array()) {
        if (m_all.size() < most)
            m_all.push_back(environmentFrom(each.toObject()));
    }
    if (m_all.empty())
        m_all.push_back({QStringLiteral("local"), {}});
    if (!names().contains(m_current))
        m_current = m_all.front().name;
}

Environments::~Environments() = default;

QStringList Environments::names() const
{
    QStringList out;
    for (const ComposerEnvironment &environment : m_all)
        out << environment.name;
    return out;
}

ComposerEnvironment Environments::current() const
{
    const auto it = std::ranges::find(m_all, m_current, &ComposerEnvironment::name);
    return it == m_all.end() ? ComposerEnvironment() : *it;
}

void Environments::choose(const QString &name)
{
    const QString wanted = names().contains(name) ? name : QString();
    if (wanted == m_current)
        return;
    m_current = wanted;
    store();
    Q_EMIT changed();
}

void Environments::setAll(std::vector<ComposerEnvironment> all)
{
    if (all.size() > most)
        all.resize(most);
    if (all == m_all)
        return;
    m_all = std::move(all);
    if (!names().contains(m_current))
        m_current = m_all.empty() ? QString() : m_all.front().name;
    store();
    Q_EMIT changed();
}

void Environments::store()
{
    QJsonArray list;
    for (const ComposerEnvironment &environment : m_all)
        list.append(toJson(environment));
    m_preferences.setState(listKey,
                           QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact)));
    m_preferences.setState(currentKey, m_current);
}

} // namespace gatehouse::ui
