// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hiddenhits.h"

#include "engine/filter/tree.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

using filter::Field;
using filter::Item;

constexpr qsizetype mostShown = 60;

std::vector<Column> columnsOf(Field field)
{
    if (field == Field::Any) // a bare text
        return {Column::Method, Column::Host, Column::Path};
    if (field == Field::Query || field == Field::Url || field == Field::Op)
        return {Column::Path};
    const QLatin1String name = filter::fieldInfo(field).name;
    for (int i = 0; i < columnCount; ++i) {
        const Column column = Column(i);
        // `is` and `time` say more than TLS and Time show.
        if (columnInfo(column).field == name && field != Field::Is && field != Field::Time)
            return {column};
    }
    return {};
}

/// The longest piece between wildcards.
QString pieceOf(const QString &glob)
{
    const QStringList pieces = QString(glob).replace(u'?', u'*').split(u'*');
    return *std::ranges::max_element(pieces, {}, &QString::size);
}

} // namespace

HiddenHits::HiddenHits(const filter::Expression &expression, Columns hidden) : m_hidden(hidden)
{
    if (m_hidden.any())
        collect(expression.tree());
}

void HiddenHits::collect(const filter::Node &node)
{
    if (node.type == filter::Node::Type::Not)
        return; // what is not there is nowhere to be seen
    for (const filter::Node &child : node.children)
        collect(child);
    const bool isNegative = node.test.comparison == filter::Comparison::Unequal
        || node.test.comparison == filter::Comparison::MatchesNot;
    if (node.type != filter::Node::Type::Test || isNegative)
        return;
    Look look{columnsOf(node.test.field), {}};
    const bool isHidden = std::ranges::any_of(
        look.columns, [this](Column column) { return m_hidden.test(std::size_t(column)); });
    if (!isHidden)
        return;
    for (const Item &item : node.test.items) {
        if (item.type == Item::Type::Text)
            look.texts << item.text;
        else if (item.type == Item::Type::Glob)
            look.texts << pieceOf(item.text);
    }
    m_looks.push_back(std::move(look));
}

bool HiddenHits::contains(const Look &look, const QString &text)
{
    return look.texts.isEmpty() ? !text.isEmpty()
                                : std::ranges::any_of(look.texts, [&text](const QString &part) {
                                      return text.contains(part, Qt::CaseInsensitive);
                                  });
}

QString HiddenHits::of(const TrafficRow &row) const
{
    QStringList said;
    for (const Look &look : m_looks) {
        QString hidden;
        bool isSeen = false;
        for (const Column column : look.columns) {
            const QString text = cellText(row, column);
            if (!contains(look, text))
                continue;
            if (!m_hidden.test(std::size_t(column)))
                isSeen = true;
            else if (hidden.isEmpty())
                hidden = columnInfo(column).title + u' ' + text;
        }
        if (!isSeen && !hidden.isEmpty() && !said.contains(hidden))
            said << hidden;
    }
    return said.join(QLatin1String(", ")).left(mostShown);
}

} // namespace gatehouse::ui
