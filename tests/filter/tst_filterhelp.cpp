// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/expression.h"
#include "tests/docs/page.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::filter;

namespace {

QString cell(const FieldInfo &info)
{
    switch (info.tail) {
    case FieldInfo::Tail::Name:
        return info.name + QLatin1String(".NAME");
    case FieldInfo::Tail::Path:
        return info.name + QLatin1String(".PATH");
    case FieldInfo::Tail::None:
        break;
    }
    return info.name;
}

} // namespace

/// resources/help/filter.md says what the program does.
class FilterHelpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTableHasEveryField()
    {
        QList<QStringList> wanted;
        for (const FieldInfo &info : fields()) {
            const QString kind = kindName(info.kind) + QLatin1String(info.isCold ? ", cold" : "");
            wanted << QStringList{cell(info), kind, info.note};
        }
        QList<QStringList> shown = m_page.table(QStringLiteral("Field"));
        for (QStringList &row : shown)
            row[0] = test::Page::unquoted(row[0]);
        QCOMPARE(shown, wanted);
    }

    void theExamplesMeanWhatIsSaid()
    {
        const QList<QStringList> rows = m_page.table(QStringLiteral("Filter"));
        QVERIFY(rows.size() > 10);
        for (const QStringList &row : rows) {
            const auto expression = Expression::parse(test::Page::unquoted(row[0]));
            QVERIFY2(expression, qPrintable(row[0]));
            QCOMPARE(row[1], expression->english());
        }
    }

    void everyStateIsNamed()
    {
        for (const QString &word : flagWords())
            QVERIFY2(m_page.text().contains(u'`' + word + u'`'), qPrintable(word));
    }

private:
    test::Page m_page{QStringLiteral("resources/help/filter.md")};
};

QTEST_GUILESS_MAIN(FilterHelpTest)
#include "tst_filterhelp.moc"
