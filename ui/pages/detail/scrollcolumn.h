// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace gatehouse::ui {

/// A column of widgets that is made anew for each exchange.
class ScrollColumn : public QScrollArea
{
    Q_OBJECT

public:
    explicit ScrollColumn(QWidget *parent = nullptr);
    ~ScrollColumn() override;

    /// Begins a new, empty column; the old one goes when the event loop turns.
    QVBoxLayout *restart();
};

} // namespace gatehouse::ui
