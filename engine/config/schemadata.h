// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/schema.h"

#include <utility>

namespace gatehouse::config {

/// Every member has an initializer, so that each kind names only what it needs.
struct Schema::Data
{
    Kind kind = Kind::Any;
    std::string description = {};
    std::vector<std::string> choices = {};
    std::vector<Field> fields = {};
    std::vector<Schema> parts = {};
    std::function<void(Node &)> complete = {};
    std::string referenced = {};
    qint64 lowest = 0;
    qint64 highest = 0;
    std::optional<Node> defaultValue = {};
    std::vector<std::pair<std::string, Rule>> rules = {};
    bool isRequired = false;
    bool isSecret = false;
};

} // namespace gatehouse::config
