// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/detail/bodyloader.h"
#include "ui/pages/detail/detailtab.h"

class QLabel;
class QSplitter;

namespace gatehouse::ui {

class BodyView;
class FieldTable;
class HeaderTable;

/// Request or response: headers with who changed them, cookies, body.
class MessageTab : public DetailTab
{
    Q_OBJECT

public:
    MessageTab(Side side, client::AdminApi &api, QWidget *parent = nullptr);
    ~MessageTab() override;

    bool showExchange(const client::ExchangeDetail &detail) override;
    void offerColumns() override;
    [[nodiscard]] BodyView &bodyView() const { return *m_body; }

private:
    void showCookies(const client::ExchangeDetail &detail);
    void showBody(const client::ExchangeDetail &detail);

    Side m_side;
    BodyLoader m_loader;
    QLabel *m_startLine;
    QLabel *m_summary;
    QSplitter *m_splitter;
    HeaderTable *m_headers;
    QLabel *m_cookieTitle;
    FieldTable *m_cookies;
    QLabel *m_bodyNote;
    BodyView *m_body;
};

} // namespace gatehouse::ui
