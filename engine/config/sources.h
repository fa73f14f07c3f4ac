// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/interpolate.h"

#include <QString>

#include <optional>

namespace gatehouse::config::internal {

/// The whole text of a regular file of at most mostFileBytes; nothing, and a finding at \a mark,
/// if that cannot be had.
[[nodiscard]] std::optional<std::string> readFile(const QString &path, const Mark &mark,
                                                  const std::string &keyPath, Findings &findings);

/// Reads a main file with all it includes and the conf.d beside it, into one tree. Each file is
/// interpolated by itself, except `environments`: of that only one part will be in force.
///
/// Later wins: included files in their order, then the file that includes them, then conf.d/*.yaml
/// sorted by name. A file that is included twice is read once.
class Sources
{
public:
    /// Both are not owned and must outlive this.
    Sources(Interpolator &interpolator, Findings &findings);

    /// False if the file cannot be used at all.
    bool readMain(const QString &file);
    /// The same for a text; includes are looked for beside \a file.
    bool readMainText(const std::string &name, const std::string &yaml, const QString &file);
    /// conf.d beside \a file, if there is one.
    void readFolder(const QString &file);

    [[nodiscard]] Node &root() { return m_root; }
    /// Absolute paths of all files that were read or looked for, and the conf.d folder.
    [[nodiscard]] const std::vector<std::string> &files() const { return m_files; }
    /// Whether every file could be used: names that are not there may be in one that could not.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }

private:
    enum class Role { Main, Included, Folder };

    bool readInto(const QString &path, const Mark &mark, const std::string &keyPath, Role role);
    bool addText(const std::string &name, const std::string &yaml, const QString &path, Role role);
    bool checkRoot(const std::optional<Node> &root, const std::string &name, Role role);
    void interpolate(Node &root);
    void readIncludes(const Node &root, const QString &path);
    void include(const Node &entry, const std::string &keyPath, const QString &from);
    void watch(const QString &path);

    Interpolator &m_interpolator;
    Findings &m_findings;
    Node m_root = Node::map();
    std::vector<std::string> m_files;
    std::vector<QString> m_open; ///< canonical paths from the main file down to the current one
    std::set<QString> m_read;
    bool m_isComplete = true;
};

} // namespace gatehouse::config::internal
