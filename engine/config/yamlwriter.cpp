// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/loader.h"

#include "engine/config/words.h"

#include <algorithm>

namespace gatehouse::config {

namespace {

bool looksLikeNumber(std::string_view text)
{
    return text.find_first_of("0123456789") != std::string_view::npos
        && text.find_first_not_of("0123456789.+-eExXoO_:") == std::string_view::npos;
}

/// What a reader of YAML 1.1 or 1.2 would take for something other than text.
bool isOtherThanText(const std::string &text)
{
    static constexpr std::string_view words[] = {"null", "~",  "true", "false",
                                                 "yes",  "no", "on",   "off"};
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return looksLikeNumber(text)
        || std::find(std::begin(words), std::end(words), lower) != std::end(words);
}

bool needsQuotes(const std::string &text)
{
    static constexpr std::string_view first = "-?:,[]{}#&*!|>'\"%@` =<";
    if (text.empty() || first.find(text.front()) != std::string_view::npos || text.back() == ' '
        || text.back() == ':')
        return true;
    if (text.find(": ") != std::string::npos || text.find(" #") != std::string::npos)
        return true;
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\' || c == '$';
    });
}

std::string escaped(const std::string &text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            result += '\\';
        if (byte < 0x20 || byte == 0x7F)
            result += std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
        else
            result += c;
        if (c == '$') // so that the text can be read back: ${ would be interpolated
            result += '$';
    }
    return result + '"';
}

std::string scalarText(const Node &node)
{
    if (node.isNull())
        return "null";
    const bool isText = node.isQuoted() && isOtherThanText(node.text());
    return isText || needsQuotes(node.text()) ? escaped(node.text()) : node.text();
}

std::string keyText(const std::string &key)
{
    return needsQuotes(key) || isOtherThanText(key) ? escaped(key) : key;
}

bool isEmptyOrScalar(const Node &node)
{
    return node.items().empty() && node.members().empty();
}

std::string inlineText(const Node &node)
{
    if (node.kind() == Node::Kind::List)
        return "[]";
    return node.kind() == Node::Kind::Map ? "{}" : scalarText(node);
}

class Writer
{
public:
    explicit Writer(const Comments &comments) : m_comments(comments) {}

    /// \a isIndented: the line has begun, with the dash of a list.
    void write(const Node &node, const std::string &path, std::size_t indent, bool isIndented)
    {
        for (const Node::Member &member : node.members()) {
            begin(indent, isIndented);
            m_text += keyText(member.key) + ':';
            const std::string place =
                m_comments.empty() ? std::string() : internal::keyPath(path, member.key);
            if (isEmptyOrScalar(member.value)) {
                m_text += ' ';
                writeInline(member.value, place);
                continue;
            }
            m_text += '\n';
            write(member.value, place, indent + 2, false);
        }
        for (std::size_t i = 0; i < node.items().size(); ++i) {
            begin(indent, isIndented);
            m_text += "- ";
            const std::string place =
                m_comments.empty() ? std::string() : internal::itemPath(path, i);
            if (isEmptyOrScalar(node.items()[i]))
                writeInline(node.items()[i], place);
            else
                write(node.items()[i], place, indent + 2, true);
        }
    }
    void writeInline(const Node &node, const std::string &path)
    {
        m_text += inlineText(node);
        if (const auto comment = m_comments.find(path); comment != m_comments.end())
            m_text += " # " + comment->second;
        m_text += '\n';
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    void begin(std::size_t indent, bool &isIndented)
    {
        if (!std::exchange(isIndented, false))
            m_text.append(indent, ' ');
    }

    const Comments &m_comments;
    std::string m_text;
};

} // namespace

std::string toYaml(const Node &node, const Comments &comments)
{
    Writer writer(comments);
    if (isEmptyOrScalar(node))
        writer.writeInline(node, {});
    else
        writer.write(node, {}, 0, false);
    return writer.take();
}

} // namespace gatehouse::config
