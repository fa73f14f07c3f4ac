// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;

namespace gatehouse::ui {

/// The filters that are needed all day, a click away: All, Errors, Slow, Limited ...
class QuickFilters : public QWidget
{
    Q_OBJECT

public:
    explicit QuickFilters(QWidget *parent = nullptr);
    ~QuickFilters() override;

    /// Marks the button whose filter \a text is; none if it is another one.
    void setCurrent(const QString &text);

Q_SIGNALS:
    void chosen(const QString &filter);

private:
    QButtonGroup *m_buttons;
};

} // namespace gatehouse::ui
