// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/schemadata.h"
#include "engine/config/words.h"
#include "engine/core/units.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::config {

using internal::inQuotes;
using internal::itemPath;
using internal::joined;
using internal::keyPath;
using internal::suggestName;

namespace {

/// What a finding needs to know of the value it is about.
struct Subject
{
    const Node &node;
    const std::string &path;
    bool isSecret;
    Findings &findings;

    void report(std::string rule, std::string message, std::string suggestion = {}) const
    {
        findings.push_back({Severity::Error, node.mark(), path, std::move(rule), std::move(message),
                            std::move(suggestion)});
    }
    [[nodiscard]] std::string found() const
    {
        switch (node.kind()) {
        case Node::Kind::Null:
            return "nothing";
        case Node::Kind::List:
            return "a list";
        case Node::Kind::Map:
            return "a map";
        case Node::Kind::Scalar:
            break;
        }
        return isSecret ? "something else" : inQuotes(node.text());
    }
    bool wrongType(std::string_view wanted, std::string suggestion = {}) const
    {
        report("type", "must be " + std::string(wanted) + ", found " + found(),
               std::move(suggestion));
        return false;
    }
};

std::string_view wantedOf(Schema::Kind kind)
{
    switch (kind) {
    case Schema::Kind::Text:
    case Schema::Kind::Choice:
        return "text";
    case Schema::Kind::Boolean:
        return "true or false";
    case Schema::Kind::Integer:
        return "a whole number";
    case Schema::Kind::Duration:
        return "a duration";
    case Schema::Kind::Size:
        return "a size";
    case Schema::Kind::List:
        return "a list";
    case Schema::Kind::Map:
    case Schema::Kind::Object:
        return "a map";
    case Schema::Kind::Any:
    case Schema::Kind::AnyOf:
        break;
    }
    return "a value";
}

bool takes(const Schema &schema, Node::Kind kind)
{
    switch (schema.kind()) {
    case Schema::Kind::Any:
        return true;
    case Schema::Kind::List:
        return kind == Node::Kind::List;
    case Schema::Kind::Map:
    case Schema::Kind::Object:
        return kind == Node::Kind::Map;
    case Schema::Kind::AnyOf:
        return std::any_of(schema.parts().begin(), schema.parts().end(),
                           [kind](const Schema &part) { return takes(part, kind); });
    default:
        return kind == Node::Kind::Scalar;
    }
}

bool checkBoolean(const Subject &subject)
{
    const std::string &text = subject.node.text();
    if (!subject.node.isQuoted() && (text == "true" || text == "false"))
        return true;
    const std::string word = internal::lowered(text);
    std::string suggestion;
    if (word == "yes" || word == "on" || word == "true" || word == "1")
        suggestion = "write true";
    else if (word == "no" || word == "off" || word == "false" || word == "0")
        suggestion = "write false";
    return subject.wrongType("true or false", std::move(suggestion));
}

bool checkInteger(const Subject &subject, qint64 lowest, qint64 highest)
{
    const std::string &text = subject.node.text();
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::invalid_argument || end != text.data() + text.size())
        return subject.wrongType("a whole number");
    if (subject.node.isQuoted())
        return subject.wrongType("a whole number", "remove the quotes");
    const bool isTooLong = error != std::errc(); // then value is not set
    if (isTooLong ? text.starts_with('-') : value < lowest) {
        subject.report("range", "must be at least " + std::to_string(lowest));
        return false;
    }
    if (isTooLong || value > highest) {
        subject.report("range", "must be at most " + std::to_string(highest));
        return false;
    }
    return true;
}

template<typename T>
bool checkUnit(const Subject &subject, const Result<T> &value, std::string_view usual)
{
    if (value)
        return true;
    const std::string &text = subject.node.text();
    const bool isNumber = internal::isMadeOf(text, "")
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::string suggestion;
    if (isNumber && !subject.isSecret)
        suggestion = "add a unit: did you mean " + inQuotes(text + std::string(usual)) + "?";
    subject.report("type", value.error().message().toStdString() + ", found " + subject.found(),
                   std::move(suggestion));
    return false;
}

bool checkChoice(const Subject &subject, const std::vector<std::string> &choices)
{
    if (std::find(choices.begin(), choices.end(), subject.node.text()) != choices.end())
        return true;
    const std::string guess = internal::nearest(subject.node.text(), choices);
    subject.report("choice", "must be one of " + joined(choices) + ", found " + subject.found(),
                   guess.empty() ? guess : "did you mean " + inQuotes(guess) + "?");
    return false;
}

bool checkScalar(const Subject &subject, const Schema &schema, qint64 lowest, qint64 highest)
{
    const QString text = QString::fromStdString(subject.node.text());
    switch (schema.kind()) {
    case Schema::Kind::Boolean:
        return checkBoolean(subject);
    case Schema::Kind::Integer:
        return checkInteger(subject, lowest, highest);
    case Schema::Kind::Duration:
        return checkUnit(subject, parseDuration(text), "s");
    case Schema::Kind::Size:
        return checkUnit(subject, parseSize(text), "KiB");
    case Schema::Kind::Choice:
        return checkChoice(subject, schema.choices());
    default:
        return true;
    }
}

void checkMembers(const Subject &subject, const std::vector<Schema::Field> &fields)
{
    std::vector<std::string> known;
    for (const Schema::Field &field : fields) {
        known.push_back(field.key);
        const Node *const value = subject.node.find(field.key);
        const std::string path = keyPath(subject.path, field.key);
        if (value && !value->isNull())
            field.schema.validate(*value, path, subject.findings);
        else if (field.schema.isRequired())
            Subject{value ? *value : subject.node, path, false, subject.findings}.report(
                "required", "is required", "add " + field.key + ": " + field.schema.description());
    }
    for (const Node::Member &member : subject.node.members()) {
        if (std::find(known.begin(), known.end(), member.key) == known.end())
            subject.findings.push_back(
                {Severity::Error, member.keyMark, keyPath(subject.path, member.key), "unknown-key",
                 "is not a known key", suggestName(member.key, known, "keys")});
    }
}

void checkItems(const Subject &subject, const Schema &item)
{
    for (std::size_t i = 0; i < subject.node.items().size(); ++i) {
        const Node &value = subject.node.items()[i];
        const std::string path = itemPath(subject.path, i);
        if (value.isNull())
            Subject{value, path, false, subject.findings}.wrongType(
                wantedOf(item.kind()), "remove the empty item or give it a value");
        item.validate(value, path, subject.findings);
    }
}

std::string wantedOfAny(const Schema &schema)
{
    std::string result;
    for (const Schema &part : schema.parts()) {
        const std::string wanted(wantedOf(part.kind()));
        if (result.find(wanted) == std::string::npos)
            result += (result.empty() ? "" : " or ") + wanted;
    }
    return result;
}

} // namespace

void Schema::validate(const Node &node, const std::string &path, Findings &findings) const
{
    if (node.isNull())
        return;
    const Subject subject{node, path, isSecret(), findings};
    if (!takes(*this, node.kind())) {
        subject.wrongType(kind() == Kind::AnyOf ? wantedOfAny(*this) : wantedOf(kind()));
        return;
    }
    bool isValid = true;
    if (kind() == Kind::AnyOf) {
        const auto part = std::find_if(parts().begin(), parts().end(), [&node](const Schema &each) {
            return takes(each, node.kind());
        });
        part->validate(node, path, findings);
    } else if (kind() == Kind::Object) {
        checkMembers(subject, fields());
    } else if (kind() == Kind::List) {
        checkItems(subject, parts().front());
    } else if (kind() == Kind::Map) {
        for (const Node::Member &member : node.members())
            parts().front().validate(member.value, keyPath(path, member.key), findings);
    } else if (kind() != Kind::Any) {
        isValid = checkScalar(subject, *this, m_data->lowest, m_data->highest);
    }
    for (const auto &[name, rule] : m_data->rules) {
        const std::optional<std::string> broken = isValid ? rule(node) : std::nullopt;
        if (!broken)
            continue;
        const std::size_t end = std::min(broken->find("; "), broken->size());
        const std::size_t rest = std::min(end + 2, broken->size());
        subject.report(name, broken->substr(0, end), broken->substr(rest));
    }
}

} // namespace gatehouse::config
