// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/coldsource.h"
#include "engine/filter/expression.h"
#include "engine/filter/idbits.h"
#include "engine/filter/program.h"
#include "engine/filter/strings.h"
#include "engine/filter/textmatcher.h"

#include <QJsonDocument>

#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::filter {

enum class Verdict : quint8 { No, Yes, Unknown };

/// What "now" and "12:04" mean.
struct TimeBase
{
    qint64 now = 0;    ///< nanoseconds since 1970
    int utcOffset = 0; ///< seconds east of Greenwich

    static TimeBase system();
};

/// An expression at work on records whose texts are in one pool. What a test says of a text is
/// kept for each text, so that a million records cost little more than their distinct texts.
/// One thread at a time; make one for each.
class Predicate
{
public:
    Predicate(Expression expression, std::shared_ptr<const Strings> strings,
              TimeBase time = TimeBase::system());
    ~Predicate();
    Q_DISABLE_COPY_MOVE(Predicate)

    void setTime(TimeBase time) { m_time = time; }
    [[nodiscard]] const Expression &expression() const { return m_expression; }

    /// Unknown if it depends on cold data and \a cold is null.
    [[nodiscard]] Verdict test(const HotRecord &record, const ColdSource *cold = nullptr);
    [[nodiscard]] bool matches(const HotRecord &record, const ColdSource *cold = nullptr)
    {
        return test(record, cold) == Verdict::Yes;
    }
    /// A warning once a pattern has taken too much work; it counts as false for those texts.
    [[nodiscard]] std::optional<Problem> problem() const;

private:
    /// A leaf with what it has learnt.
    struct Worker
    {
        Worker(const Leaf &leaf, const FieldInfo &info);

        const Leaf *leaf;
        TextMatcher matcher;
        IdBits texts; ///< does the matcher accept the text?
        IdBits names; ///< is it the name of a stage that the leaf means?
    };

    [[nodiscard]] bool run(const HotRecord &record, const ColdSource *cold, bool unknownAs);
    [[nodiscard]] Verdict ask(Worker &worker, const HotRecord &record, const ColdSource *cold);
    [[nodiscard]] bool askIds(Worker &worker, const HotRecord &record);
    [[nodiscard]] bool askNumber(const Leaf &leaf, const HotRecord &record) const;
    [[nodiscard]] bool askSpans(Worker &worker, const HotRecord &record);
    [[nodiscard]] Verdict askRan(Worker &worker, const HotRecord &record, const ColdSource *cold);
    [[nodiscard]] bool askUrl(Worker &worker, const HotRecord &record);
    [[nodiscard]] bool askCold(Worker &worker, const ColdSource &cold);
    [[nodiscard]] bool askJson(Worker &worker, const ColdSource &cold);
    [[nodiscard]] bool fits(Worker &worker, const QByteArrayList &values);
    [[nodiscard]] bool acceptsText(Worker &worker, StringId id);
    [[nodiscard]] bool acceptsStage(Worker &worker, std::string_view name);
    [[nodiscard]] bool isMeant(Worker &worker, StringId name);
    [[nodiscard]] bool isWithin(const std::vector<Interval> &intervals, qint64 value) const;
    [[nodiscard]] std::string_view text(StringId id) const;

    Expression m_expression;
    Program m_program;
    std::shared_ptr<const Strings> m_strings;
    TimeBase m_time;
    std::vector<Worker> m_workers; ///< one for each leaf
    std::string m_url;
    std::optional<QJsonDocument> m_documents[2]; ///< of the record at hand
    bool m_sawUnknown = false;
};

} // namespace gatehouse::filter
