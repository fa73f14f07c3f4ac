// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/jsontreemodel.h"

#include "ui/models/units.h"

namespace gatehouse::ui {

namespace {

constexpr int batch = 200;
constexpr qint64 shownBytes = 400;

bool isContainer(JsonKind kind)
{
    return kind == JsonKind::Object || kind == JsonKind::Array;
}

} // namespace

struct JsonTreeModel::Node
{
    JsonValue value;
    Node *parent = nullptr;
    int row = 0;
    bool isComplete = false; ///< every child is there
    std::vector<std::unique_ptr<Node>> children;

    void add(const JsonValue &child)
    {
        auto node = std::make_unique<Node>();
        node->value = child;
        node->parent = this;
        node->row = int(children.size());
        node->isComplete = !isContainer(child.kind);
        children.push_back(std::move(node));
    }
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_top(std::make_unique<Node>())
{
    m_top->isComplete = true;
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setScan(std::shared_ptr<const JsonScan> scan)
{
    beginResetModel();
    m_scan = std::move(scan);
    m_top->children.clear();
    if (const auto root = m_scan ? m_scan->root() : std::nullopt)
        m_top->add(*root);
    endResetModel();
}

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_top.get();
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[std::size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    Node *const parent = nodeOf(index)->parent;
    if (!parent || parent == m_top.get())
        return {};
    return createIndex(parent->row, 0, parent);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    const Node *const node = nodeOf(parent);
    return !node->children.empty() || !node->isComplete;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.column() <= 0 && !nodeOf(parent)->isComplete;
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *const node = nodeOf(parent);
    if (node->isComplete || !m_scan)
        return;
    std::optional<JsonValue> last;
    if (!node->children.empty())
        last = node->children.back()->value;
    const auto found = m_scan->children(node->value, last, batch);
    node->isComplete = int(found.size()) < batch;
    if (found.empty())
        return;
    const int first = int(node->children.size());
    beginInsertRows(parent, first, first + int(found.size()) - 1);
    for (const JsonValue &child : found)
        node->add(child);
    endInsertRows();
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? nameOf(node) : valueOf(node);
    case Qt::AccessibleTextRole:
        return nameOf(node) + QStringLiteral(": ") + valueOf(node);
    case KindRole:
        return int(node.value.kind);
    case PointerRole:
        return pointerOf(node);
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

QByteArray JsonTreeModel::text(const QModelIndex &index, qint64 most) const
{
    return m_scan && index.isValid() ? m_scan->text(nodeOf(index)->value, most) : QByteArray();
}

QString JsonTreeModel::nameOf(const Node &node) const
{
    if (node.value.hasKey)
        return QString::fromUtf8(node.value.key);
    if (node.parent == m_top.get())
        return QStringLiteral("$");
    return QString::number(node.value.index);
}

QString JsonTreeModel::valueOf(const Node &node) const
{
    const JsonValue &value = node.value;
    const QString size = sizeQuantity(value.end - value.begin).text();
    switch (value.kind) {
    case JsonKind::Object:
        return value.end - value.begin == 2 ? QStringLiteral("{}") : tr("{…}  %1").arg(size);
    case JsonKind::Array:
        return value.end - value.begin == 2 ? QStringLiteral("[]") : tr("[…]  %1").arg(size);
    case JsonKind::Broken:
        return tr("not JSON from byte %1 on: %2")
            .arg(groupedNumber(value.begin),
                 QString::fromUtf8(m_scan->source()->read(value.begin, 40)).simplified());
    default:
        break;
    }
    QString text = QString::fromUtf8(m_scan->text(value, shownBytes));
    if (value.end - value.begin > shownBytes)
        text += QStringLiteral("… ") + size;
    return text;
}

QString JsonTreeModel::pointerOf(const Node &node)
{
    QString path;
    for (const Node *at = &node; at->parent && at->parent->parent; at = at->parent) {
        QString step =
            at->value.hasKey ? QString::fromUtf8(at->value.key) : QString::number(at->value.index);
        step.replace(QLatin1Char('~'), QStringLiteral("~0"));
        step.replace(QLatin1Char('/'), QStringLiteral("~1"));
        path.prepend(QLatin1Char('/') + step);
    }
    return path;
}

} // namespace gatehouse::ui
