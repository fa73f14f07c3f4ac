// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <vector>

namespace gatehouse::ui {

/// Where the rows of a text begin, without a number per row: every 64th is kept, the others are
/// found by reading on from there. A row is a line, or a piece of at most 4 KiB of a longer one, so
/// that a single line of 100 MB can be shown. Fed in parts, in order, on any one
/// thread; a copy is small and serves others while the rest is read.
class LineIndex
{
public:
    static constexpr int rowsPerMark = 64;
    static constexpr qint64 pieceBytes = 4096;

    struct Mark
    {
        qint64 offset = 0;
        qint64 line = 0; ///< of its row, from 0
        bool isContinuation = false;
    };

    /// A row by its bytes, without the line break.
    struct Row
    {
        qint64 offset = 0;
        qint64 length = 0;
        qint64 next = 0; ///< where the following row begins
        qint64 line = 0;
        bool isContinuation = false;
        bool endsLine = false;
    };

    /// The bytes that follow what was fed before.
    void feed(QByteArrayView bytes);
    /// Nothing follows: a last line without a break counts.
    void finish();

    [[nodiscard]] qint64 rowCount() const { return m_now.rows; }
    [[nodiscard]] qint64 lineCount() const { return m_now.line + (m_now.rows > 0 ? 1 : 0); }
    [[nodiscard]] qint64 bytes() const { return m_now.fed; }
    [[nodiscard]] qint64 longestRow() const { return m_now.longest; } ///< bytes
    /// Sequences that are no UTF-8 and show as replacement marks.
    [[nodiscard]] qint64 invalidSequences() const { return m_now.invalid; }
    [[nodiscard]] bool isFinished() const { return m_now.isFinished; }
    [[nodiscard]] const std::vector<Mark> &marks() const { return m_marks; }

    /// The mark from which \a row is reached: row / rowsPerMark.
    [[nodiscard]] const Mark &markFor(qint64 row) const;
    /// The number of the last mark at or before \a offset.
    [[nodiscard]] std::size_t markBefore(qint64 offset) const;
    /// Rows of \a block, which holds the bytes from \a mark on; at most rowsPerMark of them.
    /// \a isWhole: nothing follows the block.
    [[nodiscard]] static std::vector<Row> rowsFrom(const Mark &mark, QByteArrayView block,
                                                   bool isWhole);
    /// Bytes that hold the rows of one mark in any case.
    static constexpr qint64 blockBytes = rowsPerMark * (pieceBytes + 1);

private:
    struct Counts
    {
        qint64 fed = 0;
        qint64 rows = 0;     ///< that have begun
        qint64 line = 0;     ///< of the row under way
        qint64 rowBegin = 0; ///< offset of the row under way
        qint64 longest = 0;
        qint64 invalid = 0;
        int missing = 0; ///< continuation bytes that a character still needs
        quint8 least = 0x80;
        quint8 most = 0xBF;
        bool afterBreak = true; ///< the next byte begins a row
        bool nextContinues = false;
        bool isFinished = false;
    };

    void beginRow(qint64 offset);
    void endRow(qint64 length);
    void checkUtf8(QByteArrayView bytes);

    std::vector<Mark> m_marks;
    Counts m_now;
};

} // namespace gatehouse::ui
