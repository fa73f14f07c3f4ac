// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"
#include "ui/actions/navigator.h"

#include <QWidget>

namespace gatehouse::ui {

/// One of the tabs that show an exchange. A tab that has nothing to show is not there.
class DetailTab : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    ~DetailTab() override;

    /// Lets the user ask for columns of a list, if there is anything to ask for.
    virtual void offerColumns() {}

    /// False: there is nothing to show, and what is shown is out of date.
    virtual bool showExchange(const client::ExchangeDetail &detail) = 0;

Q_SIGNALS:
    void openPlace(const gatehouse::client::Place &place);
    void jumpWanted(const gatehouse::ui::Jump &jump);
    /// A column for the list: "header.X-Tenant".
    void columnWanted(const QString &field);
};

} // namespace gatehouse::ui
