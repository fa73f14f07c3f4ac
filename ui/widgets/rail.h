// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace gatehouse::ui {

class RailButton;

/// The pages at the left edge of the window. Arrows move between them.
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);
    ~Rail() override;

    /// \a tip names the page and its keys. Returns its number.
    int addPage(Glyph glyph, const QString &title, const QString &tip);
    void setCurrent(int page);
    void setBadge(int page, int count);

Q_SIGNALS:
    void chosen(int page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
    QButtonGroup *m_group;
};

} // namespace gatehouse::ui
