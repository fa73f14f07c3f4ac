// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QList>
#include <QRegularExpression>
#include <QStringList>

namespace gatehouse::test {

/// A Markdown file, as far as the tests of the documentation read one.
class Page
{
public:
    struct Block
    {
        QString info; ///< "yaml", "yaml fragment", "console"
        QByteArray text;
        int line = 0;
    };

    /// \a path from the root of the sources.
    explicit Page(const QString &path) : m_path(path)
    {
        QFile file(fullPath(path));
        if (!file.open(QIODevice::ReadOnly))
            qWarning("cannot read %s", qPrintable(path));
        m_lines = QString::fromUtf8(file.readAll()).split('\n');
    }

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString text() const { return m_lines.join('\n'); }
    [[nodiscard]] static QString fullPath(const QString &path)
    {
        return qEnvironmentVariable("GATEHOUSE_SOURCE_DIR") + '/' + path;
    }

    [[nodiscard]] QList<Block> blocks() const
    {
        QList<Block> blocks;
        bool isInside = false;
        for (int i = 0; i < m_lines.size(); ++i) {
            const QString &line = m_lines[i];
            if (line.startsWith("```")) {
                isInside = !isInside;
                if (isInside)
                    blocks << Block{line.mid(3), {}, i + 2};
            } else if (isInside) {
                blocks.last().text += line.toUtf8() + '\n';
            }
        }
        return blocks;
    }

    /// The cells of the rows of the table whose first heading is \a heading; \a skipped: not the
    /// first such table.
    [[nodiscard]] QList<QStringList> table(const QString &heading, int skipped = 0) const
    {
        QList<QStringList> rows;
        qsizetype i = 0;
        while (i < m_lines.size()
               && (!m_lines[i].startsWith("| " + heading + " |") || skipped-- > 0))
            ++i;
        for (i += 2; i < m_lines.size() && m_lines[i].startsWith('|'); ++i) {
            QStringList cells = m_lines[i].split('|').mid(1);
            cells.removeLast();
            for (QString &cell : cells)
                cell = cell.trimmed();
            rows << cells;
        }
        return rows;
    }

    /// What stands under the heading "## \a title".
    [[nodiscard]] QString section(const QString &title) const
    {
        const qsizetype begin = m_lines.indexOf("## " + title);
        if (begin < 0)
            return {};
        qsizetype end = begin + 1;
        while (end < m_lines.size() && !m_lines[end].startsWith("## "))
            ++end;
        return m_lines.mid(begin, end - begin).join('\n');
    }

    /// The targets of links within the repository.
    [[nodiscard]] QStringList links() const
    {
        static const QRegularExpression link(R"(\]\(([^)#:]+)\))");
        QStringList targets;
        for (auto it = link.globalMatch(text()); it.hasNext();)
            targets << it.next().captured(1);
        return targets;
    }

    /// "code" for "`code`".
    [[nodiscard]] static QString unquoted(QString cell) { return cell.remove('`'); }

private:
    QString m_path;
    QStringList m_lines;
};

} // namespace gatehouse::test
