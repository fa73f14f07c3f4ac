// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "ui/models/yamlranges.h"

#include <QJsonObject>

namespace gatehouse::ui {

/// One replacement in a text. Everything outside of [begin, end) stays byte for byte: comments,
/// the order of keys and the formatting of the rest survive.
struct YamlEdit
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QString text;

    [[nodiscard]] QString appliedTo(const QString &whole) const;
    bool operator==(const YamlEdit &) const = default;
};

/// The smallest edits of YAML texts that people wrote. Paths are as in YamlRanges::find(). Errors
/// say what stands in the way: NotFound, or Unprocessable for what only a person should edit.
namespace yaml {

/// Replaces the value at \a path, or adds the keys of \a path that are missing. Scalars keep their
/// kind of quotes, block lists their indentation.
[[nodiscard]] Result<YamlEdit> set(const QString &text, const QStringList &path,
                                   const QJsonValue &value);
/// The same with \a source as it is: YAML on one line.
[[nodiscard]] Result<YamlEdit> setSource(const QString &text, const QStringList &path,
                                         const QString &source);
/// Removes a key with its value, or an item, with the lines that only it uses.
[[nodiscard]] Result<YamlEdit> remove(const QString &text, const QStringList &path);
/// Puts an item in front of item \a index of the list at \a path; the end if there are fewer. An
/// absent list is made.
[[nodiscard]] Result<YamlEdit> insert(const QString &text, const QStringList &path, int index,
                                      const QJsonValue &value);
/// A copy of item \a index behind it.
[[nodiscard]] Result<YamlEdit> duplicate(const QString &text, const QStringList &path, int index);
/// Exchanges item \a index with the one behind it. What stands between them stays.
[[nodiscard]] Result<YamlEdit> swapWithNext(const QString &text, const QStringList &path,
                                            int index);
/// The lines of an item of a block list with their line breaks, or the item alone in a flow list.
[[nodiscard]] Result<std::pair<qsizetype, qsizetype>> itemRange(const QString &text,
                                                                const QStringList &path, int index);

} // namespace yaml

} // namespace gatehouse::ui
