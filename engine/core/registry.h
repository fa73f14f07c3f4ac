// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QStringList>

#include <map>
#include <memory>
#include <string>

namespace gatehouse {

/// Factories by kind. Refuses duplicates; kinds() is sorted. A value of its own for each gateway,
/// so two in one process share nothing.
template<typename Factory>
class Registry
{
public:
    /// InvalidConfig if the kind is taken: two factories under one name are a mistake of ours or a
    /// plugin's, and silence would pick one by chance.
    Result<void> add(std::unique_ptr<const Factory> factory)
    {
        const std::string kind(factory->kind());
        if (m_factories.contains(kind)) {
            return fail(ErrorCode::InvalidConfig,
                        QString("\"%1\" is registered twice").arg(QString::fromStdString(kind)));
        }
        m_factories.emplace(kind, std::move(factory));
        return {};
    }

    /// nullptr if there is none.
    [[nodiscard]] const Factory *find(std::string_view kind) const
    {
        const auto it = m_factories.find(std::string(kind));
        return it == m_factories.end() ? nullptr : it->second.get();
    }

    [[nodiscard]] QStringList kinds() const
    {
        QStringList names;
        for (const auto &[kind, factory] : m_factories)
            names.push_back(QString::fromStdString(kind));
        return names;
    }

    /// Puts \a factory in the place of what is there, and that back when it goes: for tests.
    class Override
    {
    public:
        Override(Registry &registry, std::unique_ptr<const Factory> factory)
            : m_registry(registry)
            , m_kind(factory->kind())
            , m_old(std::exchange(registry.m_factories[m_kind], std::move(factory)))
        {
        }
        ~Override()
        {
            if (m_old)
                m_registry.m_factories[m_kind] = std::move(m_old);
            else
                m_registry.m_factories.erase(m_kind);
        }
        Override(const Override &) = delete;
        Override &operator=(const Override &) = delete;

    private:
        Registry &m_registry;
        std::string m_kind;
        std::unique_ptr<const Factory> m_old;
    };

private:
    std::map<std::string, std::unique_ptr<const Factory>> m_factories;
};

} // namespace gatehouse
