// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/keybookid.h"

#include "engine/config/loader.h"
#include "engine/middleware/factory.h"

namespace gatehouse::middleware {

KeyBookId keyBookOf(const config::Node &settings, std::string name, const std::string &folder)
{
    const std::string file = settings.textOf("keys_file");
    if (!file.empty())
        return {std::move(name), resolvePath(folder, file)};
    const config::Node *const keys = settings.find("keys");
    return {std::move(name), keys ? config::toYaml(*keys) : std::string()};
}

std::vector<KeyBookId> keyBooksIn(const config::MiddlewareConfig &entry, const std::string &folder)
{
    const std::string &name = entry.name.empty() ? entry.use : entry.name;
    if (entry.use == "api_key")
        return {keyBookOf(entry.settings, name, folder)};
    std::vector<KeyBookId> books;
    const config::Node *const parts =
        entry.use == "any_of" || entry.use == "all_of" ? entry.settings.find("of") : nullptr;
    for (std::size_t i = 0; parts && i < parts->items().size(); ++i) {
        if (parts->items()[i].textOf("use") == "api_key")
            books.push_back(keyBookOf(parts->items()[i], name, folder));
    }
    return books;
}

} // namespace gatehouse::middleware
