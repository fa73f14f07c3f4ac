// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/finding.h"
#include "engine/config/node.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <optional>
#include <unordered_map>

namespace gatehouse::config::internal {

/// Turns the parser's events into a Node. Nodes, depth and the copies that aliases make are
/// bounded: a document over a bound ends with Stop, which the reader catches.
class YamlBuilder final : public YAML::EventHandler
{
public:
    static constexpr std::size_t mostNodes = 200'000;
    static constexpr std::size_t mostDepth = 64;

    /// Thrown after a finding that makes it useless to read on; never leaves the reader.
    struct Stop
    {
    };

    /// With \a hasLines, values get the line and column of the text, else only its name.
    YamlBuilder(std::shared_ptr<const std::string> name, bool hasLines, Findings &findings);
    ~YamlBuilder() override;

    /// Nothing if there was no document.
    [[nodiscard]] std::optional<Node> take() { return std::move(m_root); }
    [[nodiscard]] Mark markOf(const YAML::Mark &mark) const;
    /// Where the last scalar that was not plain began; a null mark if there was none.
    [[nodiscard]] const YAML::Mark &lastQuoted() const { return m_lastQuoted; }

    void OnDocumentStart(const YAML::Mark &mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override;
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

private:
    /// A list or map that is being read.
    struct Frame
    {
        Node node;
        YAML::anchor_t anchor = 0;
        std::size_t firstNode = 0; ///< nodes read before it
        std::size_t depth = 1;     ///< of what is in it, itself included
        bool isKeyKnown = false;   ///< in a map: the next value belongs to key
        bool isDropped = false;    ///< a finding says why the value is not kept
        std::string key;
        Mark keyMark;
        std::unordered_map<std::string, int> lines; ///< of the keys so far
        std::vector<Node::Member> merged;           ///< what << brought
    };
    struct Anchored
    {
        Node node;
        std::size_t nodes = 1;
        std::size_t depth = 1;
    };

    void report(const Mark &mark, std::string rule, std::string message, std::string suggestion);
    void count(std::size_t nodes, const Mark &mark);
    void checkDepth(std::size_t depth, const Mark &mark);
    void open(Node node, YAML::anchor_t anchor);
    void close();
    void add(Anchored value, YAML::anchor_t anchor);
    void addToMap(Frame &frame, Node value);
    void takeKey(Frame &frame, const Node &key);
    void mergeInto(Frame &frame, const Node &value);

    std::shared_ptr<const std::string> m_name;
    bool m_hasLines;
    Findings &m_findings;
    std::optional<Node> m_root;
    std::vector<Frame> m_frames;
    std::map<YAML::anchor_t, Anchored> m_anchors;
    std::size_t m_nodes = 0;
    int m_documents = 0;
    YAML::Mark m_lastQuoted = YAML::Mark::null_mark();
};

} // namespace gatehouse::config::internal
