// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/filter/field.h"

#include <QStringList>

namespace gatehouse::filter {

/// A field with what follows its dot, for a column of a list: `header.X-Tenant`, `json.$.total`,
/// `mw.jwt`. Written as in a filter.
struct ColumnField
{
    Field field = Field::Mw;
    QStringList tail; ///< a name, or the steps of a path

    /// BadRequest with a sentence that names what can be a column if \a text cannot.
    [[nodiscard]] static Result<ColumnField> parse(const QString &text);
    /// False for `mw.NAME`, which is in the record.
    [[nodiscard]] bool isCold() const { return fieldInfo(field).isCold; }
    [[nodiscard]] bool isJson() const { return fieldInfo(field).kind == Kind::Json; }
};

} // namespace gatehouse::filter
