// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a body. What the window makes of bodies sees every input.
#include "tests/fuzz/require.h"
#include "ui/models/bodydecode.h"
#include "ui/models/bodykind.h"
#include "ui/models/bodyparts.h"
#include "ui/models/jsonlayout.h"
#include "ui/models/jsonscan.h"
#include "ui/models/lineindex.h"

#include <cstddef>
#include <cstdint>

using namespace gatehouse::ui;
using gatehouse::test::require;

namespace {

void checkRows(const QByteArray &text)
{
    LineIndex index;
    index.feed(QByteArrayView(text).first(text.size() / 3));
    index.feed(QByteArrayView(text).sliced(text.size() / 3));
    index.finish();
    qint64 rows = 0;
    qint64 next = 0;
    for (const LineIndex::Mark &mark : index.marks()) {
        const QByteArray block = text.mid(mark.offset, LineIndex::blockBytes);
        for (const auto &row :
             LineIndex::rowsFrom(mark, block, mark.offset + block.size() == text.size())) {
            require(row.offset == next, "rows follow each other");
            require(row.length <= LineIndex::pieceBytes, "a row is bounded");
            next = row.next;
            ++rows;
        }
    }
    require(next == text.size() && rows == index.rowCount(), "rows hold the whole text");
}

void checkTree(const JsonScan &scan, const JsonValue &parent, int level)
{
    if (level > 20)
        return;
    for (const JsonValue &child : scan.children(parent, {}, 50)) {
        require(child.begin <= child.end && child.end <= scan.source()->size(),
                "a value is inside the text");
        require(child.begin > parent.begin, "a child stands behind its parent's bracket");
        checkTree(scan, child, level + 1);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    checkRows(text);

    JsonLayout whole;
    JsonLayout parts;
    QByteArray one;
    QByteArray two;
    whole.feed(text, one);
    parts.feed(QByteArrayView(text).first(text.size() / 2), two);
    parts.feed(QByteArrayView(text).sliced(text.size() / 2), two);
    require(one == two && whole.problem() == parts.problem(), "parts do not matter");

    JsonScan scan(memorySource(text));
    scan.prepare([](qint64) { return true; });
    if (const auto root = scan.root())
        checkTree(scan, *root, 0);

    (void)kindOfBytes(text, QStringLiteral("multipart/form-data; boundary=b"));
    require(formFields(text, 10).size() <= 10, "forms are bounded");
    require(multipartParts(text, QStringLiteral("multipart/x; boundary=b"), 10).size() <= 10,
            "parts are bounded");
    for (const char *coding : {"gzip", "deflate", "deflate, gzip"}) {
        const auto body =
            decodeBody(memorySource(text), QLatin1String(coding), 100'000, [] { return true; });
        require(body.source->size() < 200'000, "what is decoded is bounded");
    }
    return 0;
}
