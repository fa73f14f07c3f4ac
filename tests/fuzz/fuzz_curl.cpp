// SPDX-License-Identifier: GPL-3.0-or-later
// Input: what somebody pastes as a curl command. What it means survives being written again.
#include "tests/fuzz/require.h"
#include "ui/models/composeroutgoing.h"
#include "ui/models/curlcommand.h"
#include "ui/models/curlwords.h"

#include <cstddef>
#include <cstdint>

using namespace gatehouse::ui;
using gatehouse::test::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto words = shellWords(text)) {
        QStringList again;
        for (const QString &word : *words)
            again << shellQuoted(word);
        const auto back = shellWords(again.join(' '));
        require(back && *back == *words, "quoted words come back");
    }
    const auto parsed = parseCurl(text);
    if (!parsed) {
        require(!parsed.error().message().isEmpty(), "a refusal has a sentence");
        return 0;
    }
    const OutgoingPlan plan = planFor(parsed->request, {}, {});
    (void)toFetch(plan.request);
    (void)toHttpie(plan.request);
    // A file is not in the command's own text; what is no text is written as a comment.
    const bool isText = QString::fromUtf8(plan.request.body).toUtf8() == plan.request.body
        && !plan.request.body.contains('\0');
    if (!plan.problems.empty() || parsed->request.body.kind == ComposerBody::Kind::File || !isText)
        return 0;
    const auto again = parseCurl(toCurl(plan.request));
    require(again.has_value(), "what is written can be read");
    const OutgoingPlan back = planFor(again->request, {}, {});
    require(back.request.method == plan.request.method, "the method comes back");
    require(back.request.url == plan.request.url, "the URL comes back");
    require(back.request.body == plan.request.body, "the body comes back");
    return 0;
}
