// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/columnfield.h"

#include "engine/filter/scanner.h"

#include <algorithm>
#include <array>

namespace gatehouse::filter {

namespace {

constexpr std::array columns{Field::Mw,  Field::Header, Field::Resp,   Field::Sent,
                             Field::Got, Field::Json,   Field::ReqJson};
constexpr qsizetype mostText = 512;

} // namespace

Result<ColumnField> ColumnField::parse(const QString &text)
{
    Scanner scan(text);
    const std::optional<Scanner::Name> name =
        text.size() <= mostText ? scan.takeName() : std::optional<Scanner::Name>();
    const FieldInfo *const info = name && scan.isAtEnd() ? fieldFrom(name->name) : nullptr;
    if (!info || name->tail.isEmpty() || std::ranges::find(columns, info->field) == columns.end()
        || (info->tail == FieldInfo::Tail::Name && name->tail.size() != 1))
        return fail(ErrorCode::BadRequest,
                    QStringLiteral("%1: a column is mw.NAME, header.NAME, resp.NAME, sent.NAME, "
                                   "got.NAME, json.PATH or reqjson.PATH, as in header.X-Tenant or "
                                   "json.$.total")
                        .arg(text.left(80)));
    return ColumnField{info->field, name->tail};
}

} // namespace gatehouse::filter
