// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routefields.h"

#include <QSplitter>

class QButtonGroup;

namespace gatehouse::ui {

class RouteDraft;
class RouteForm;
class RouteYaml;

/// The selected route as a form, and below it as YAML; or the YAML of the whole file.
class RouteEditor : public QSplitter
{
    Q_OBJECT

public:
    /// \a draft is not owned and must outlive the editor.
    explicit RouteEditor(RouteDraft &draft, QWidget *parent = nullptr);
    ~RouteEditor() override;

    void setSchema(const RouteSchema &schema);
    void showRoute(int index);
    /// Puts the caret at a place of the file, in the whole file if the route does not have it.
    void goTo(int line, int column);
    [[nodiscard]] RouteForm *form() const { return m_form; }
    [[nodiscard]] RouteYaml *yaml() const { return m_yaml; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setWhole(bool isWhole);

    RouteForm *m_form;
    RouteYaml *m_yaml;
    QButtonGroup *m_extent;
    int m_route = -1;
    bool m_isShared = false; ///< the shares have been given once
};

} // namespace gatehouse::ui
