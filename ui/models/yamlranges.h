// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

struct YamlEntry;

/// A value of a YAML text with its place in it, so that it can be edited where it stands. Offsets
/// are in UTF-16 units.
struct YamlNode
{
    enum class Kind { Scalar, Map, List };
    /// How it is written. Literal: a block scalar that begins with | or >.
    enum class Style { Absent, Plain, SingleQuoted, DoubleQuoted, Literal, Block, Flow };

    Kind kind = Kind::Scalar;
    Style style = Style::Absent;
    qsizetype begin = 0; ///< first character; for Absent, where the value would stand
    qsizetype end = 0;   ///< behind the last one
    QString text;        ///< of a scalar, without quotes and escapes
    std::vector<YamlEntry> entries;

    [[nodiscard]] bool isFlow() const { return style == Style::Flow; }
    [[nodiscard]] bool isMap() const { return kind == Kind::Map; }
    [[nodiscard]] bool isList() const { return kind == Kind::List; }
    /// The value under \a key of a map; nullptr if there is none.
    [[nodiscard]] const YamlNode *value(const QString &key) const;
    /// The text of the scalar under \a key; empty if there is none.
    [[nodiscard]] QString textOf(const QString &key) const;
    /// A list as the texts of its scalars; a scalar as a list of one.
    [[nodiscard]] QStringList texts() const;
    [[nodiscard]] qsizetype indexOf(const QString &key) const;
};

/// A member of a map, or an item of a list.
struct YamlEntry
{
    QString key;          ///< empty in a list
    qsizetype begin = 0;  ///< of the key or of the dash
    qsizetype keyEnd = 0; ///< behind the colon or the dash; equal to begin in a flow list
    YamlNode value;
};

/// Finds where the values of a YAML text stand. It takes what people type half-way through an edit
/// without complaint and finds what it can: what is wrong is for the engine to say. Anchors and
/// tags are passed over, aliases are scalars.
class YamlRanges
{
public:
    static constexpr int mostLevels = 64; ///< what lies deeper is a scalar

    explicit YamlRanges(const QString &text);

    [[nodiscard]] const YamlNode &root() const { return m_root; }
    /// A key per map and a number per list: {"routes", "3", "match"}; nullptr if it is not there.
    [[nodiscard]] const YamlNode *find(const QStringList &path) const;
    /// The entry that holds it; nullptr for the root and for what is not there.
    [[nodiscard]] const YamlEntry *entry(const QStringList &path) const;

private:
    YamlNode m_root;
};

/// The offset where the line of \a offset begins.
[[nodiscard]] qsizetype yamlLineBegin(QStringView text, qsizetype offset);
/// Behind the line break that ends the line of \a offset.
[[nodiscard]] qsizetype yamlLineEnd(QStringView text, qsizetype offset);
/// From 1.
[[nodiscard]] int yamlLineNumber(QStringView text, qsizetype offset);
/// Where line \a number (from 1) and \a column (from 1) are; the end of the text beyond it.
[[nodiscard]] qsizetype yamlOffset(QStringView text, int number, int column);

} // namespace gatehouse::ui
