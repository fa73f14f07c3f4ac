// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/json.h"

#include "engine/http/characters.h"

#include <QUtf8StringView>

#include <algorithm>

namespace gatehouse::auth {

namespace {

class Parser
{
public:
    explicit Parser(std::string_view text) : m_rest(text) {}

    /// The rule that is broken, nullptr if none is.
    const char *parse(Json &root)
    {
        if (const char *broken = value(root, 0))
            return broken;
        skipBlanks();
        return m_rest.empty() ? nullptr : "something follows the value";
    }

private:
    void skipBlanks()
    {
        const std::size_t first = m_rest.find_first_not_of(" \t\r\n");
        m_rest.remove_prefix(std::min(first, m_rest.size()));
    }
    bool take(char c)
    {
        skipBlanks();
        if (!m_rest.starts_with(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    const char *value(Json &to, int depth)
    {
        skipBlanks();
        if (m_rest.empty())
            return "ends too early";
        if (depth > Json::deepest)
            return "is nested too deep";
        const std::string_view begin = m_rest;
        const char *const broken = valueAt(to, depth);
        to.raw = begin.substr(0, begin.size() - m_rest.size());
        return broken;
    }

    const char *valueAt(Json &to, int depth)
    {
        switch (m_rest.front()) {
        case '{':
            return object(to, depth);
        case '[':
            return array(to, depth);
        case '"':
            to.kind = Json::Kind::String;
            return string(to.text);
        case 't':
            return word("true", Json::Kind::True, to);
        case 'f':
            return word("false", Json::Kind::False, to);
        case 'n':
            return word("null", Json::Kind::Null, to);
        default:
            return number(to);
        }
    }

    const char *word(std::string_view expected, Json::Kind kind, Json &to)
    {
        if (!m_rest.starts_with(expected))
            return "holds an unknown word";
        m_rest.remove_prefix(expected.size());
        to.kind = kind;
        return nullptr;
    }

    std::size_t takeDigits()
    {
        const std::size_t count = std::min(m_rest.find_first_not_of("0123456789"), m_rest.size());
        m_rest.remove_prefix(count);
        return count;
    }

    const char *number(Json &to)
    {
        constexpr const char *broken = "holds a malformed number";
        to.kind = Json::Kind::Number;
        if (m_rest.starts_with('-'))
            m_rest.remove_prefix(1);
        const bool isZero = m_rest.starts_with('0');
        const std::size_t whole = takeDigits();
        if (whole == 0 || (isZero && whole > 1))
            return broken;
        if (m_rest.starts_with('.')) {
            m_rest.remove_prefix(1);
            if (takeDigits() == 0)
                return broken;
        }
        if (m_rest.starts_with('e') || m_rest.starts_with('E')) {
            m_rest.remove_prefix(1);
            if (m_rest.starts_with('+') || m_rest.starts_with('-'))
                m_rest.remove_prefix(1);
            if (takeDigits() == 0)
                return broken;
        }
        return nullptr;
    }

    const char *array(Json &to, int depth)
    {
        to.kind = Json::Kind::Array;
        m_rest.remove_prefix(1);
        if (take(']'))
            return nullptr;
        do {
            if (const char *broken = value(to.items.emplace_back(), depth + 1))
                return broken;
        } while (take(','));
        return take(']') ? nullptr : "has a list without end";
    }

    const char *object(Json &to, int depth)
    {
        to.kind = Json::Kind::Object;
        m_rest.remove_prefix(1);
        if (take('}'))
            return nullptr;
        do {
            skipBlanks();
            if (!m_rest.starts_with('"'))
                return "has a member without a name";
            std::string name;
            if (const char *broken = string(name))
                return broken;
            if (!take(':'))
                return "has a member without a value";
            to.names.push_back(std::move(name));
            if (const char *broken = value(to.items.emplace_back(), depth + 1))
                return broken;
        } while (take(','));
        if (!take('}'))
            return "has an object without end";
        return hasDuplicate(to.names) ? "has a member twice" : nullptr;
    }

    static bool hasDuplicate(const std::vector<std::string> &names)
    {
        std::vector<std::string_view> sorted(names.begin(), names.end());
        std::ranges::sort(sorted);
        return std::ranges::adjacent_find(sorted) != sorted.end();
    }

    const char *string(std::string &to)
    {
        m_rest.remove_prefix(1);
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            m_rest.remove_prefix(1);
            if (c == '"')
                return nullptr;
            if (static_cast<unsigned char>(c) < 0x20)
                return "has a control character in a string";
            if (c != '\\')
                to.push_back(c);
            else if (const char *broken = escape(to))
                return broken;
        }
        return "has a string without end";
    }

    const char *escape(std::string &to)
    {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (m_rest.empty())
            return "has a string without end";
        const char c = m_rest.front();
        m_rest.remove_prefix(1);
        if (c == 'u')
            return unicode(to);
        const std::size_t at = letters.find(c);
        if (at == letters.npos)
            return "has an unknown escape";
        to.push_back(meanings[at]);
        return nullptr;
    }

    /// Four hexadecimal digits; -1 if they are not there.
    int unit()
    {
        if (m_rest.size() < 4 || !areAllIn(m_rest.substr(0, 4), HexChar))
            return -1;
        int value = 0;
        for (int i = 0; i < 4; ++i)
            value = value << 4 | hexValue(m_rest[std::size_t(i)]);
        m_rest.remove_prefix(4);
        return value;
    }

    const char *unicode(std::string &to)
    {
        constexpr const char *broken = "has a malformed \\u escape";
        int code = unit();
        if (code < 0 || (code >= 0xDC00 && code < 0xE000))
            return broken;
        if (code >= 0xD800 && code < 0xDC00) {
            if (!m_rest.starts_with("\\u"))
                return broken;
            m_rest.remove_prefix(2);
            const int low = unit();
            if (low < 0xDC00 || low >= 0xE000)
                return broken;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        appendUtf8(to, code);
        return nullptr;
    }

    static void appendUtf8(std::string &to, int code)
    {
        if (code < 0x80) {
            to.push_back(char(code));
            return;
        }
        const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        constexpr int leads[] = {0, 0xC0, 0xE0, 0xF0};
        to.push_back(char(leads[more] | code >> (6 * more)));
        for (int i = more - 1; i >= 0; --i)
            to.push_back(char(0x80 | (code >> (6 * i) & 0x3F)));
    }

    std::string_view m_rest;
};

} // namespace

const Json *Json::find(std::string_view name) const
{
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? nullptr : &items[std::size_t(found - names.begin())];
}

const Json *Json::findPath(std::string_view path) const
{
    if (const Json *whole = find(path))
        return whole;
    const Json *here = this;
    while (here && !path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        here = here->find(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return here == this ? nullptr : here;
}

bool Json::readTexts(std::vector<std::string> &to) const
{
    if (isText())
        to.push_back(text);
    for (const Json &item : items) {
        if (kind != Kind::Array || !item.isText())
            return false;
        to.push_back(item.text);
    }
    return isText() || kind == Kind::Array;
}

Result<Json> parseJson(std::string_view text)
{
    if (!QUtf8StringView(text.data(), qsizetype(text.size())).isValidUtf8())
        return fail(ErrorCode::BadRequest, "is not valid UTF-8");
    Json root;
    if (const char *broken = Parser(text).parse(root))
        return fail(ErrorCode::BadRequest, broken);
    return root;
}

} // namespace gatehouse::auth
