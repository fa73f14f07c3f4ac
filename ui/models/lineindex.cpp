// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lineindex.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::ui {

namespace {

enum class End { None, Break, Cut };

bool continues(char byte)
{
    return (quint8(byte) & 0xC0) == 0x80;
}

// Bytes from \a p that belong to a row that has \a length already. A piece ends before the first
// character that begins after pieceBytes - 3, so that no character is cut.
qint64 take(const char *p, qint64 count, qint64 length, End &end)
{
    const qint64 most = LineIndex::pieceBytes - length;
    const qint64 free = std::max<qint64>(0, most - 3);
    if (const void *line = std::memchr(p, '\n', std::size_t(std::min(count, free)))) {
        end = End::Break;
        return static_cast<const char *>(line) - p;
    }
    for (qint64 i = free; i < count; ++i) {
        if (p[i] == '\n') {
            end = End::Break;
            return i;
        }
        if (i == most || !continues(p[i])) {
            end = End::Cut;
            return i;
        }
    }
    end = End::None;
    return count;
}

} // namespace

void LineIndex::beginRow(qint64 offset)
{
    if (m_now.rows > 0 && !m_now.nextContinues)
        ++m_now.line;
    if (m_now.rows % rowsPerMark == 0)
        m_marks.push_back({offset, m_now.line, m_now.nextContinues});
    ++m_now.rows;
    m_now.rowBegin = offset;
    m_now.afterBreak = false;
    m_now.nextContinues = false;
}

void LineIndex::endRow(qint64 length)
{
    m_now.longest = std::max(m_now.longest, length);
    m_now.afterBreak = true;
}

void LineIndex::feed(QByteArrayView bytes)
{
    checkUtf8(bytes);
    for (qint64 at = 0; at < bytes.size();) {
        const qint64 offset = m_now.fed + at;
        if (m_now.afterBreak)
            beginRow(offset);
        End end = End::None;
        const qint64 length = offset - m_now.rowBegin;
        const qint64 taken = take(bytes.data() + at, bytes.size() - at, length, end);
        at += taken + (end == End::Break ? 1 : 0);
        if (end != End::None)
            endRow(length + taken);
        m_now.nextContinues = end == End::Cut;
    }
    m_now.fed += bytes.size();
}

void LineIndex::finish()
{
    if (!m_now.afterBreak)
        endRow(m_now.fed - m_now.rowBegin);
    m_now.invalid += m_now.missing > 0 ? 1 : 0;
    m_now.missing = 0;
    m_now.isFinished = true;
}

const LineIndex::Mark &LineIndex::markFor(qint64 row) const
{
    return m_marks[std::size_t(row / rowsPerMark)];
}

std::size_t LineIndex::markBefore(qint64 offset) const
{
    const auto after =
        std::upper_bound(m_marks.begin(), m_marks.end(), offset,
                         [](qint64 wanted, const Mark &mark) { return wanted < mark.offset; });
    return std::size_t(std::max<std::ptrdiff_t>(0, after - m_marks.begin() - 1));
}

std::vector<LineIndex::Row> LineIndex::rowsFrom(const Mark &mark, QByteArrayView block,
                                                bool isWhole)
{
    std::vector<Row> rows;
    qint64 line = mark.line;
    bool isContinuation = mark.isContinuation;
    for (qint64 at = 0; at < block.size() && rows.size() < rowsPerMark;) {
        End end = End::None;
        const qint64 taken = take(block.data() + at, block.size() - at, 0, end);
        const qint64 next = at + taken + (end == End::Break ? 1 : 0);
        if (end == End::None && !isWhole)
            break; // goes on behind the block
        rows.push_back(
            {mark.offset + at, taken, mark.offset + next, line, isContinuation, end != End::Cut});
        isContinuation = end == End::Cut;
        line += end == End::Break ? 1 : 0;
        at = next;
    }
    return rows;
}

// RFC 3629, section 4: which second byte may follow which first.
void LineIndex::checkUtf8(QByteArrayView bytes)
{
    const char *p = bytes.data();
    const char *const end = p + bytes.size();
    while (p < end) {
        quint64 eight = 0;
        if (m_now.missing == 0 && end - p >= 8) {
            std::memcpy(&eight, p, 8);
            if (!(eight & 0x8080808080808080u)) {
                p += 8;
                continue;
            }
        }
        const quint8 byte = quint8(*p);
        if (m_now.missing > 0) {
            if (byte < m_now.least || byte > m_now.most) {
                ++m_now.invalid;
                m_now.missing = 0;
                m_now.least = 0x80;
                m_now.most = 0xBF;
                continue; // the byte may begin a character of its own
            }
            --m_now.missing;
            m_now.least = 0x80;
            m_now.most = 0xBF;
        } else if (byte >= 0x80) {
            m_now.missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
            m_now.least = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
            m_now.most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
            if (byte < 0xC2 || byte > 0xF4) {
                ++m_now.invalid;
                m_now.missing = 0;
            }
        }
        ++p;
    }
}

} // namespace gatehouse::ui
