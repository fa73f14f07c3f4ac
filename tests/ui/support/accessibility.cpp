// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"

#include <QAccessible>
#include <QWidget>

namespace gatehouse::test {

namespace {

// Parts of a widget that Qt makes itself and names through their owner.
bool isPartOfAnother(const QWidget &widget)
{
    const QString name = widget.objectName();
    return name.startsWith(QLatin1String("qt_")) || widget.inherits("QComboBoxPrivateContainer")
        || widget.inherits("QComboBoxListView") || widget.inherits("QMenu");
}

void walk(QAccessibleInterface *node, const QString &path, QStringList &out)
{
    auto *const widget = qobject_cast<QWidget *>(node->object());
    if (widget && isPartOfAnother(*widget))
        return;
    const QString here = path + QLatin1Char('/')
        + QLatin1String(node->object() ? node->object()->metaObject()->className() : "item");
    const bool takesFocus = widget && (widget->focusPolicy() & Qt::TabFocus);
    if (takesFocus && node->text(QAccessible::Name).trimmed().isEmpty())
        out << here;
    for (int i = 0; i < node->childCount() && i < 500; ++i) {
        if (QAccessibleInterface *const child = node->child(i); child && child->object())
            walk(child, here, out);
    }
}

} // namespace

QStringList unnamed(QWidget &root)
{
    QStringList out;
    if (QAccessibleInterface *const node = QAccessible::queryAccessibleInterface(&root))
        walk(node, {}, out);
    return out;
}

} // namespace gatehouse::test
