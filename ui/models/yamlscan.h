// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/yamlranges.h"

namespace gatehouse::ui::internal {

/// The reader behind YamlRanges: one pass, every loop moves on, no failure (YAML 1.2, chapters 7
/// and 8, without complex keys).
class YamlScan
{
public:
    explicit YamlScan(QStringView text) : m_text(text) {}

    [[nodiscard]] YamlNode document();

private:
    enum class Context { Document, MapValue, ListItem };

    [[nodiscard]] YamlNode blockNode(qsizetype parentIndent, Context context);
    [[nodiscard]] YamlNode blockContent(qsizetype parentIndent, Context context);
    [[nodiscard]] YamlNode blockMap(qsizetype indent);
    [[nodiscard]] YamlNode blockList(qsizetype indent);
    [[nodiscard]] YamlNode literal(qsizetype parentIndent);
    [[nodiscard]] YamlNode plain(qsizetype parentIndent);
    [[nodiscard]] YamlNode quoted();
    [[nodiscard]] YamlNode flow();
    [[nodiscard]] YamlNode flowValue();
    [[nodiscard]] YamlNode flowPlain();
    void flowEntry(YamlNode &collection);

    /// To the next character that is neither space, line break nor comment.
    void skipBlank();
    void skipSpaces();
    void skipProperties();
    /// Behind the colon of the key that stands here, -1 if none does; \a key gets its text.
    [[nodiscard]] qsizetype keyEnd(QString &key) const;
    [[nodiscard]] bool isDash() const;
    [[nodiscard]] bool isEnd() const;
    [[nodiscard]] bool isBreakOrSpace(qsizetype at) const;
    [[nodiscard]] qsizetype column() const;
    [[nodiscard]] char16_t at(qsizetype offset) const
    {
        return offset < m_text.size() ? m_text[offset].unicode() : u'\0';
    }
    [[nodiscard]] char16_t here() const { return at(m_at); }
    [[nodiscard]] YamlNode absent(qsizetype place) const;

    QStringView m_text;
    qsizetype m_at = 0;
    int m_level = 0;
};

} // namespace gatehouse::ui::internal
