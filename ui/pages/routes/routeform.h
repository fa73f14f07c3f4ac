// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routefields.h"

#include <QWidget>

#include <map>
#include <set>

class QFormLayout;
class QGridLayout;
class QVBoxLayout;

namespace gatehouse::ui {

class RouteDraft;
class RouteField;
class ScrollColumn;

/// A route as a form that the schema of the configuration makes. What is entered becomes an edit
/// of the draft at once; what the engine says of it stands at the field.
class RouteForm : public QWidget
{
    Q_OBJECT

public:
    /// \a draft is not owned and must outlive the form.
    explicit RouteForm(RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteForm() override;

    void setSchema(const RouteSchema &schema);
    /// Of the draft; -1: none.
    void showRoute(int index);
    /// The field for keys below the route: {"match", "path"}, {"middleware", "0", "limit"}.
    [[nodiscard]] RouteField *field(const QStringList &keys) const;

private:
    void refresh();
    void rebuild();
    void addRouteFields(QVBoxLayout &column, bool isFirst);
    void addMiddlewares(QVBoxLayout &column);
    void addCard(QVBoxLayout &column, int index);
    [[nodiscard]] QWidget *cardHead(int index, const QString &use);
    void addMoreSettings(QFormLayout &form, int index, const QString &use);
    void addField(QFormLayout &form, const RouteFieldInfo &info, const QStringList &keys);
    void enter(const RouteField &field, const QStringList &keys, const QString &typed);
    void showValues();
    void showProblems();
    [[nodiscard]] QString shape() const;
    [[nodiscard]] QStringList path(const QStringList &keys) const;
    [[nodiscard]] QStringList namesUnder(const char *key) const;
    [[nodiscard]] QString useOf(int index) const;

    RouteDraft &m_draft;
    RouteSchema m_schema;
    int m_route = -1;
    YamlRanges m_ranges{QString()};
    QString m_shape; ///< what the widgets were made for
    std::map<QStringList, RouteField *> m_fields;
    std::set<QStringList> m_wanted; ///< settings that were asked for and have no value yet
    ScrollColumn *m_area;
};

} // namespace gatehouse::ui
