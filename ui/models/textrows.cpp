// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/textrows.h"

#include <algorithm>

namespace gatehouse::ui {

TextRows::~TextRows() = default;

namespace {

// Control characters would be invisible, or would move the text about.
QString visible(QByteArrayView bytes)
{
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    QString text = QString::fromUtf8(bytes);
    for (QChar &c : text) {
        if (c < QLatin1Char(' ') && c != QLatin1Char('\t'))
            c = QChar(0x2400 + c.unicode());
        else if (c == QChar(0x7F))
            c = QChar(0x2421);
        else if ((c >= QChar(0x202A) && c <= QChar(0x202E))
                 || (c >= QChar(0x2066) && c <= QChar(0x2069)))
            c = QChar(0xFFFD); // reverses what is read: not in a tool that shows evidence
    }
    return text;
}

} // namespace

LineRows::LineRows(TextSourcePtr source) : m_source(std::move(source)) {}

void LineRows::setIndex(LineIndex index)
{
    m_index = std::move(index);
    m_mark = -1;
}

void LineRows::load(qint64 mark) const
{
    if (m_mark == mark)
        return;
    const LineIndex::Mark &from = m_index.marks()[std::size_t(mark)];
    m_block = m_source->read(from.offset, LineIndex::blockBytes);
    const bool isWhole = from.offset + m_block.size() >= m_source->size();
    m_rows = LineIndex::rowsFrom(from, m_block, isWhole);
    m_mark = mark;
}

TextRow LineRows::row(qint64 number) const
{
    if (number < 0 || number >= count())
        return {};
    load(number / LineIndex::rowsPerMark);
    const std::size_t at = std::size_t(number % LineIndex::rowsPerMark);
    if (at >= m_rows.size())
        return {}; // the file became shorter
    const LineIndex::Row &row = m_rows[at];
    const qint64 begin = row.offset - m_index.marks()[std::size_t(m_mark)].offset;
    return {visible(QByteArrayView(m_block).sliced(begin, row.length)),
            row.offset,
            row.length,
            row.line,
            row.isContinuation,
            row.endsLine};
}

qint64 LineRows::rowAt(qint64 offset) const
{
    if (count() == 0)
        return 0;
    const qint64 mark = qint64(m_index.markBefore(offset));
    load(mark);
    const auto after = std::upper_bound(
        m_rows.begin(), m_rows.end(), offset,
        [](qint64 wanted, const LineIndex::Row &row) { return wanted < row.offset; });
    const qint64 at = std::max<qint64>(0, after - m_rows.begin() - 1);
    return std::min(mark * LineIndex::rowsPerMark + at, count() - 1);
}

int LineRows::columnOf(const TextRow &row, qint64 offset) const
{
    const qint64 bytes = std::clamp<qint64>(offset - row.offset, 0, row.length);
    return int(QString::fromUtf8(m_source->read(row.offset, bytes)).size());
}

HexRows::HexRows(TextSourcePtr source) : m_source(std::move(source)) {}

qint64 HexRows::count() const
{
    return (m_source->size() + 15) / 16;
}

TextRow HexRows::row(qint64 number) const
{
    TextRow row;
    row.offset = number * 16;
    row.line = number;
    const QByteArray bytes = m_source->read(row.offset, 16);
    row.length = bytes.size();
    QString digits;
    QString characters;
    for (qsizetype i = 0; i < 16; ++i) {
        if (i == 8)
            digits += QLatin1Char(' ');
        if (i >= bytes.size()) {
            digits += QStringLiteral("   ");
            continue;
        }
        const quint8 byte = quint8(bytes[i]);
        digits += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
        characters += byte >= 0x20 && byte < 0x7F ? QLatin1Char(char(byte)) : QLatin1Char('.');
    }
    row.text = QStringLiteral("%1  ").arg(row.offset, 8, 16, QLatin1Char('0')) + digits
        + QLatin1Char(' ') + characters;
    return row;
}

int HexRows::columnOf(const TextRow &row, qint64 offset) const
{
    const qint64 byte = std::clamp<qint64>(offset - row.offset, 0, 16);
    return int(10 + 3 * byte + (byte >= 8 ? 1 : 0));
}

} // namespace gatehouse::ui
