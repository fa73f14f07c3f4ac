// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/completion.h"

#include <QTest>

#include <algorithm>

using namespace gatehouse::filter;

namespace {

class Seen final : public Vocabulary
{
public:
    [[nodiscard]] std::vector<Word> values(Field field) const override
    {
        if (field != Field::Route)
            return {};
        return {{QStringLiteral("orders"), 1204}, {QStringLiteral("old orders"), 3}};
    }
    [[nodiscard]] std::vector<Word> tails(Field field) const override
    {
        if (field != Field::Header)
            return {};
        return {{QStringLiteral("X-Tenant"), 7}};
    }
};

QString applied(const QString &text, const Completion &completion)
{
    return QString(text).replace(completion.replaceFrom, completion.replaceLength,
                                 completion.insert);
}

} // namespace

class CompletionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestComesFirst_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("first");
        const std::pair<const char *, const char *> table[] = {
            {"", "any:"},
            {"sta", "status"},
            {"a -rou", "a -route:"},
            {"(rout", "(route:"},
            {"route", "route:"},
            {"stts", "status"},
            {"route:", "route:orders"},
            {"route:or", "route:orders"},
            {"route:orders,old", "route:orders,\"old orders\""},
            {"dur>200", "dur>200ms"},
            {"size>4", "size>4kb"},
            {"decision:li", "decision:limited"},
            {"is:op", "is:open"},
            {"status:4", "status:4xx"},
            {"header.", "header.X-Tenant"},
            {"header.x", "header.X-Tenant"},
            {"header.X-Tenant", "header.X-Tenant:"},
            {"stage.up", "stage.upstream"},
            {"mw.", "mw.*"},
            {"has:lim", "has:limit"},
        };
        for (const auto &[text, first] : table)
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(first);
    }
    void theBestComesFirst()
    {
        QFETCH(const QString, text);
        const Seen seen;
        const std::vector<Completion> list = complete(text, text.size(), &seen);
        QVERIFY(!list.empty());
        QTEST(applied(text, list.front()), "first");
    }

    void valuesComeWithCounts()
    {
        const Seen seen;
        const auto list = complete(QStringLiteral("route:"), 6, &seen);
        QCOMPARE(list.front().label, QStringLiteral("orders"));
        QCOMPARE(list.front().count, 1204);
    }

    void onlyTheWordAtTheCursorIsReplaced()
    {
        const auto list = complete(QStringLiteral("rou dur>1s"), 3, nullptr);
        QCOMPARE(applied(QStringLiteral("rou dur>1s"), list.front()),
                 QStringLiteral("route: dur>1s"));
    }

    void aPatternIsNotCompleted()
    {
        QVERIFY(complete(QStringLiteral("path~a"), 6, nullptr).empty());
    }

    void theCursorMayBeAnywhere()
    {
        const QString text = QStringLiteral("-(route:\"a b\",c or dur>5) \"open");
        const Seen seen;
        for (qsizetype cursor = -1; cursor <= text.size() + 1; ++cursor) {
            for (const Completion &completion : complete(text, cursor, &seen)) {
                QVERIFY(completion.replaceFrom >= 0);
                QVERIFY(completion.replaceFrom + completion.replaceLength <= text.size());
            }
        }
    }
};

QTEST_GUILESS_MAIN(CompletionTest)
#include "tst_completion.moc"
