// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/yamlbuilder.h"

#include "engine/config/words.h"

#include <algorithm>

namespace gatehouse::config::internal {

YamlBuilder::YamlBuilder(std::shared_ptr<const std::string> name, bool hasLines, Findings &findings)
    : m_name(std::move(name))
    , m_hasLines(hasLines)
    , m_findings(findings)
{
}

YamlBuilder::~YamlBuilder() = default;

Mark YamlBuilder::markOf(const YAML::Mark &mark) const
{
    return m_hasLines && mark.line >= 0 ? Mark{m_name, mark.line + 1, mark.column + 1}
                                        : Mark{m_name, 0, 0};
}

void YamlBuilder::report(const Mark &mark, std::string rule, std::string message,
                         std::string suggestion)
{
    m_findings.push_back(
        {Severity::Error, mark, {}, std::move(rule), std::move(message), std::move(suggestion)});
}

void YamlBuilder::count(std::size_t nodes, const Mark &mark)
{
    m_nodes += nodes;
    if (m_nodes <= mostNodes)
        return;
    report(mark, "too-large", "more than " + std::to_string(mostNodes) + " values, aliases counted",
           "split the file, or use fewer aliases");
    throw Stop();
}

void YamlBuilder::checkDepth(std::size_t depth, const Mark &mark)
{
    if (m_frames.size() + depth <= mostDepth)
        return;
    report(mark, "too-deep", "nested deeper than " + std::to_string(mostDepth) + " levels",
           "no setting of Gatehouse is that deep: check the brackets and the indentation");
    throw Stop();
}

void YamlBuilder::OnDocumentStart(const YAML::Mark &mark)
{
    if (++m_documents == 1)
        return;
    report(markOf(mark), "documents", "a second document begins here",
           "keep one document per file; include: reads others");
    throw Stop();
}

void YamlBuilder::OnDocumentEnd() {}

void YamlBuilder::OnNull(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    Node node;
    node.setMark(markOf(mark));
    count(1, node.mark());
    add({std::move(node)}, anchor);
}

void YamlBuilder::OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    const Mark place = markOf(mark);
    const auto it = m_anchors.find(anchor);
    if (it == m_anchors.end()) {
        report(place, "alias", "an alias inside of what it stands for", "remove the alias");
        throw Stop();
    }
    count(it->second.nodes, place);
    checkDepth(it->second.depth, place);
    add(it->second, 0);
}

void YamlBuilder::OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                           const std::string &value)
{
    Node node = Node::scalar(value, markOf(mark));
    // the parser's tags: "?" is plain, "!" was in quotes or a block
    node.setQuoted(tag == "!" || tag == "tag:yaml.org,2002:str");
    m_lastQuoted = node.isQuoted() ? mark : m_lastQuoted;
    count(1, node.mark());
    add({std::move(node)}, anchor);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark &mark, const std::string &,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value)
{
    open(Node::list(markOf(mark)), anchor);
}

void YamlBuilder::OnSequenceEnd()
{
    close();
}

void YamlBuilder::OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value)
{
    open(Node::map(markOf(mark)), anchor);
}

void YamlBuilder::OnMapEnd()
{
    close();
}

void YamlBuilder::open(Node node, YAML::anchor_t anchor)
{
    checkDepth(1, node.mark());
    count(1, node.mark());
    Frame frame;
    frame.firstNode = m_nodes - 1;
    frame.node = std::move(node);
    frame.anchor = anchor;
    m_frames.push_back(std::move(frame));
}

void YamlBuilder::close()
{
    Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    for (Node::Member &member : frame.merged) {
        if (frame.lines.emplace(member.key, 0).second)
            frame.node.members().push_back(std::move(member));
    }
    add({std::move(frame.node), m_nodes - frame.firstNode, frame.depth}, frame.anchor);
}

void YamlBuilder::add(Anchored value, YAML::anchor_t anchor)
{
    if (anchor != 0)
        m_anchors[anchor] = value;
    if (m_frames.empty()) {
        m_root = std::move(value.node);
        return;
    }
    Frame &frame = m_frames.back();
    frame.depth = std::max(frame.depth, value.depth + 1);
    if (frame.node.kind() == Node::Kind::List)
        frame.node.items().push_back(std::move(value.node));
    else if (frame.isKeyKnown)
        addToMap(frame, std::move(value.node));
    else
        takeKey(frame, value.node);
}

void YamlBuilder::takeKey(Frame &frame, const Node &key)
{
    frame.isKeyKnown = true;
    frame.keyMark = key.mark();
    frame.key = key.text();
    frame.isDropped = key.kind() != Node::Kind::Scalar || key.text().empty();
    if (frame.isDropped) {
        report(key.mark(), "key", "a key must be a text that is not empty",
               "if this is a value that begins with { or [, put it in quotes");
        return;
    }
    if (frame.key == "<<" && !key.isQuoted())
        return;
    const auto [first, isNew] = frame.lines.emplace(frame.key, key.mark().line);
    if (isNew)
        return;
    frame.isDropped = true;
    report(key.mark(), "duplicate-key",
           inQuotes(frame.key) + " is given twice, first in line " + std::to_string(first->second),
           "remove one of the two");
}

void YamlBuilder::addToMap(Frame &frame, Node value)
{
    frame.isKeyKnown = false;
    if (frame.isDropped)
        return;
    if (frame.key == "<<" && !frame.lines.contains(frame.key))
        mergeInto(frame, value);
    else
        frame.node.members().push_back({frame.key, frame.keyMark, std::move(value)});
}

/// The merge key of YAML 1.1, which people use with anchors. It only adds what the map has not, so
/// its members wait until the map is complete.
void YamlBuilder::mergeInto(Frame &frame, const Node &value)
{
    if (value.kind() == Node::Kind::List) {
        for (const Node &item : value.items())
            mergeInto(frame, item);
        return;
    }
    if (value.kind() != Node::Kind::Map)
        report(value.mark(), "merge-key", "<< takes a map or a list of maps",
               "name an alias: <<: *base");
    for (const Node::Member &member : value.members())
        frame.merged.emplace_back(member);
}

} // namespace gatehouse::config::internal
