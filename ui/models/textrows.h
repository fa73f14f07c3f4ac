// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/lineindex.h"
#include "ui/models/textsource.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// A row as it is drawn.
struct TextRow
{
    QString text; ///< replacement marks for what is no UTF-8, symbols for control characters
    qint64 offset = 0;
    qint64 length = 0; ///< bytes
    qint64 line = 0;   ///< from 0
    bool isContinuation = false;
    bool endsLine = true;
};

/// A source as rows. GUI thread.
class TextRows
{
public:
    virtual ~TextRows();

    [[nodiscard]] virtual qint64 count() const = 0;
    [[nodiscard]] virtual qint64 lineCount() const = 0;
    [[nodiscard]] virtual qint64 longestRow() const = 0; ///< characters at most
    [[nodiscard]] virtual TextRow row(qint64 number) const = 0;
    [[nodiscard]] virtual qint64 rowAt(qint64 offset) const = 0;
    /// Where in row.text the byte at \a offset shows; clamped to the row.
    [[nodiscard]] virtual int columnOf(const TextRow &row, qint64 offset) const = 0;
};

/// Text, by a LineIndex that may still grow.
class LineRows final : public TextRows
{
public:
    explicit LineRows(TextSourcePtr source);

    void setIndex(LineIndex index);
    [[nodiscard]] const LineIndex &index() const { return m_index; }

    [[nodiscard]] qint64 count() const override { return m_index.rowCount(); }
    [[nodiscard]] qint64 lineCount() const override { return m_index.lineCount(); }
    [[nodiscard]] qint64 longestRow() const override { return m_index.longestRow(); }
    [[nodiscard]] TextRow row(qint64 number) const override;
    [[nodiscard]] qint64 rowAt(qint64 offset) const override;
    [[nodiscard]] int columnOf(const TextRow &row, qint64 offset) const override;

private:
    void load(qint64 mark) const;

    TextSourcePtr m_source;
    LineIndex m_index;
    // The block that was read last: a screen needs one or two.
    mutable qint64 m_mark = -1;
    mutable QByteArray m_block;
    mutable std::vector<LineIndex::Row> m_rows;
};

/// Sixteen bytes a row, as digits and as characters.
class HexRows final : public TextRows
{
public:
    explicit HexRows(TextSourcePtr source);

    [[nodiscard]] qint64 count() const override;
    [[nodiscard]] qint64 lineCount() const override { return count(); }
    [[nodiscard]] qint64 longestRow() const override { return 78; }
    [[nodiscard]] TextRow row(qint64 number) const override;
    [[nodiscard]] qint64 rowAt(qint64 offset) const override { return offset / 16; }
    [[nodiscard]] int columnOf(const TextRow &row, qint64 offset) const override;

private:
    TextSourcePtr m_source;
};

} // namespace gatehouse::ui
