// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/framefilter.h"

#include "engine/core/units.h"

#include <QStringList>

#include <algorithm>
#include <optional>

namespace gatehouse::ui {

namespace {

constexpr qsizetype mostText = 4096;

/// Where the quotes that open at \a from close: before a space or the end. -1: they do not, and are
/// part of the text, as in {"n":1}.
qsizetype closingQuote(const QString &text, qsizetype from)
{
    for (qsizetype at = text.indexOf(u'"', from + 1); at >= 0; at = text.indexOf(u'"', at + 1)) {
        if (at + 1 == text.size() || text[at + 1].isSpace())
            return at;
    }
    return -1;
}

/// At spaces, but not at those between quotes, which go.
QStringList wordsOf(const QString &text)
{
    QStringList words{QString()};
    for (qsizetype at = 0; at < text.size(); ++at) {
        QString &word = words.back();
        const bool mayOpen = word.isEmpty() || word == u'-' || word.endsWith(u':');
        const qsizetype close = text[at] == u'"' && mayOpen ? closingQuote(text, at) : -1;
        if (close >= 0) {
            word += text.sliced(at + 1, close - at - 1);
            at = close;
        } else if (text[at].isSpace()) {
            words << QString();
        } else {
            word += text[at];
        }
    }
    words.removeAll(QString());
    return words;
}

bool contains(const QString &text, const QString &part)
{
    return text.contains(part, Qt::CaseInsensitive);
}

} // namespace

Result<FrameFilter> FrameFilter::parse(const QString &text)
{
    FrameFilter filter;
    if (text.size() > mostText)
        return fail(ErrorCode::BadRequest, QStringLiteral("at most 4096 characters"));
    const QStringList words = wordsOf(text);
    if (words.size() > mostTerms)
        return fail(ErrorCode::BadRequest, QStringLiteral("at most %1 words").arg(mostTerms));
    for (const QString &word : words) {
        const Result<Term> term = termOf(word);
        if (!term)
            return std::unexpected(term.error());
        filter.m_terms.push_back(*term);
    }
    return filter;
}

Result<FrameFilter::Term> FrameFilter::termOf(const QString &word)
{
    Term term;
    term.isNegated = word.size() > 1 && word.startsWith(u'-');
    const QString rest = word.sliced(term.isNegated ? 1 : 0);
    const auto tail = [&rest](const char *head) -> std::optional<QString> {
        const QLatin1String name(head);
        return rest.startsWith(name, Qt::CaseInsensitive) ? std::optional(rest.sliced(name.size()))
                                                          : std::nullopt;
    };
    if (const auto text = tail("event:")) {
        term.what = What::Event;
        term.text = *text;
    } else if (const auto id = tail("id:")) {
        term.what = What::Id;
        term.text = *id;
    } else if (tail("gap>") || tail("gap<")) {
        term.what = What::Gap;
        return comparison(term, rest);
    } else if (tail("size>") || tail("size<")) {
        term.what = What::Size;
        return comparison(term, rest);
    } else {
        term.text = rest;
    }
    return term;
}

Result<FrameFilter::Term> FrameFilter::comparison(Term term, const QString &word)
{
    const qsizetype at = term.what == What::Gap ? 3 : 4; // behind "gap", "size"
    term.isBelow = word[at] == u'<';
    const QString number = word.sliced(at + 1);
    if (term.what == What::Gap) {
        const auto duration = parseDuration(number);
        if (!duration)
            return fail(
                ErrorCode::BadRequest,
                QStringLiteral("%1: a gap is a number with its unit, as in gap>200ms").arg(word));
        term.number = qint64(duration->count()) * 1000;
        return term;
    }
    const auto size = parseSize(number);
    if (!size)
        return fail(ErrorCode::BadRequest,
                    QStringLiteral("%1: a size is a number of bytes, as in size>1KiB").arg(word));
    term.number = *size;
    return term;
}

bool FrameFilter::holds(const Term &term, const StreamFrame &frame, bool isEvents)
{
    switch (term.what) {
    case What::Event:
        return contains(frame.kind(isEvents), term.text);
    case What::Id:
        return contains(frame.id, term.text);
    case What::Gap: // none is known of the first one
        return frame.gap >= 0 && (term.isBelow ? frame.gap < term.number : frame.gap > term.number);
    case What::Size:
        return term.isBelow ? frame.size < term.number : frame.size > term.number;
    case What::Anything:
        break;
    }
    return contains(frame.data, term.text) || contains(frame.kind(isEvents), term.text)
        || contains(frame.id, term.text) || contains(frame.comment, term.text);
}

bool FrameFilter::matches(const StreamFrame &frame, bool isEvents) const
{
    return std::ranges::all_of(
        m_terms, [&](const Term &term) { return holds(term, frame, isEvents) != term.isNegated; });
}

} // namespace gatehouse::ui
