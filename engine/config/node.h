// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/mark.h"

#include <QtGlobal>

#include <chrono>
#include <string_view>
#include <vector>

namespace gatehouse::config {

/// One value of a configuration file with its place. A plain value type: copied, merged, emitted.
class Node
{
public:
    enum class Kind { Null, Scalar, List, Map };
    struct Member;

    Node() = default;
    static Node scalar(std::string text, Mark mark = {});
    static Node list(Mark mark = {});
    static Node map(Mark mark = {});

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isNull() const { return m_kind == Kind::Null; }
    [[nodiscard]] const Mark &mark() const { return m_mark; }
    /// The text of a scalar as written, without quotes; empty for the other kinds.
    [[nodiscard]] const std::string &text() const { return m_text; }
    /// Whether a scalar stood in quotes: "200" is text then, and not a number.
    [[nodiscard]] bool isQuoted() const { return m_isQuoted; }
    void setQuoted(bool isQuoted) { m_isQuoted = isQuoted; }
    void setText(std::string text) { m_text = std::move(text); }
    void setMark(Mark mark) { m_mark = std::move(mark); }

    [[nodiscard]] const std::vector<Node> &items() const { return m_items; }
    [[nodiscard]] std::vector<Node> &items() { return m_items; }
    /// In the order of the file.
    [[nodiscard]] const std::vector<Member> &members() const { return m_members; }
    [[nodiscard]] std::vector<Member> &members() { return m_members; }
    /// The value of \a key in a map, nullptr if there is none (or this is no map).
    [[nodiscard]] const Node *find(std::string_view key) const;
    [[nodiscard]] Node *find(std::string_view key);
    /// Puts \a value at \a key, in the place of the old one if there is one.
    void set(std::string key, Node value, Mark keyMark = {});
    /// Takes \a key out of a map; nothing happens if it is not there.
    void remove(std::string_view key);

    // Typed reads of a map's values, for settings that a Schema has accepted and filled with its
    // defaults. An absent or null key reads as `otherwise`.
    [[nodiscard]] std::string textOf(std::string_view key, std::string_view otherwise = {}) const;
    [[nodiscard]] qint64 integerOf(std::string_view key, qint64 otherwise = 0) const;
    [[nodiscard]] bool flagOf(std::string_view key, bool otherwise = false) const;
    [[nodiscard]] std::chrono::milliseconds
    durationOf(std::string_view key, std::chrono::milliseconds otherwise = {}) const;
    [[nodiscard]] qint64 sizeOf(std::string_view key, qint64 otherwise = 0) const;
    /// The items of a list of scalars; a single scalar is a list of one.
    [[nodiscard]] std::vector<std::string> textsOf(std::string_view key) const;

private:
    Kind m_kind = Kind::Null;
    bool m_isQuoted = false;
    Mark m_mark;
    std::string m_text;
    std::vector<Node> m_items;
    std::vector<Member> m_members;
};

struct Node::Member
{
    std::string key;
    Mark keyMark;
    Node value;
};

} // namespace gatehouse::config
