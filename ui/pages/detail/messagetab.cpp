// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/messagetab.h"

#include "ui/models/units.h"
#include "ui/pages/detail/headertable.h"
#include "ui/settings/type.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/fieldtable.h"
#include "ui/widgets/labels.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace gatehouse::ui {

MessageTab::MessageTab(Side side, client::AdminApi &api, QWidget *parent)
    : DetailTab(parent)
    , m_side(side)
    , m_loader(api)
    , m_startLine(dataLabel({}, this))
    , m_summary(label({}, "muted", this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_headers(new HeaderTable(this))
    , m_cookieTitle(label(tr("COOKIES"), "section", this))
    , m_cookies(new FieldTable(this))
    , m_bodyNote(paragraph({}, "second", this))
    , m_body(new BodyView(this))
{
    m_startLine->setWordWrap(true);
    m_startLine->setFont(type::data(13, QFont::DemiBold));
    m_startLine->setContentsMargins(16, 12, 16, 0);
    m_summary->setContentsMargins(16, 0, 16, 8);
    m_cookies->setAccessibleName(tr("Cookies"));
    m_cookieTitle->setContentsMargins(16, 8, 16, 4);
    m_bodyNote->setContentsMargins(16, 12, 16, 12);
    auto *const top = new QWidget(this);
    auto *const heads = new QVBoxLayout(top);
    heads->setContentsMargins(0, 0, 0, 0);
    heads->setSpacing(0);
    heads->addWidget(m_startLine);
    heads->addWidget(m_summary);
    heads->addWidget(m_headers, 1);
    heads->addWidget(m_cookieTitle);
    heads->addWidget(m_cookies);
    auto *const bottom = new QWidget(this);
    auto *const body = new QVBoxLayout(bottom);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_bodyNote);
    body->addWidget(m_body, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(top);
    m_splitter->addWidget(bottom);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    connect(m_headers, &HeaderTable::openPlace, this, &DetailTab::openPlace);
    connect(m_headers, &HeaderTable::columnWanted, this, &DetailTab::columnWanted);
}

MessageTab::~MessageTab() = default;

void MessageTab::offerColumns()
{
    if (m_side == Side::Request)
        m_headers->offerColumns(QStringLiteral("header"), QStringLiteral("sent"),
                                HeaderRow::Kind::Added);
    else
        m_headers->offerColumns(QStringLiteral("resp"), QStringLiteral("got"),
                                HeaderRow::Kind::Removed);
}

bool MessageTab::showExchange(const client::ExchangeDetail &detail)
{
    const client::Message *const message = shownMessage(detail, m_side);
    if (!message || !message->isKept) {
        m_loader.cancel();
        return false;
    }
    m_startLine->setText(message->startLine);
    const std::vector<HeaderRow> rows = headerRows(detail, m_side);
    const auto changed = std::ranges::count_if(
        rows, [](const HeaderRow &row) { return row.kind != HeaderRow::Kind::Same; });
    const QString direction = m_side == Side::Request
        ? (detail.message(client::Message::Sent) ? tr("as it went to the upstream")
                                                 : tr("as it came in; nothing went upstream"))
        : tr("as it went to the client");
    m_summary->setText(tr("%1 header lines, %2; %3 by the gateway")
                           .arg(rows.size())
                           .arg(direction)
                           .arg(changed == 0 ? tr("none changed") : tr("%1 changed").arg(changed)));
    m_headers->setRows(rows);
    m_headers->setMinimumHeight(type::px(32) + type::px(23) * std::min(6, int(rows.size())));
    showCookies(detail);
    showBody(detail);
    // The headers get the room that they need, the body the rest, but at least a third.
    const int heads = type::px(84) + type::px(23) * int(rows.size())
        + (m_cookies->isHidden() ? 0 : m_cookies->height() + type::px(32));
    m_splitter->setSizes(
        {std::min(heads, height() * 2 / 3), std::max(height() - heads, height() / 3)});
    return true;
}

void MessageTab::showCookies(const client::ExchangeDetail &detail)
{
    const auto cookies = cookiesOf(detail, m_side);
    m_cookieTitle->setVisible(!cookies.empty());
    m_cookies->setVisible(!cookies.empty());
    m_cookies->setFields(cookies);
    m_cookies->fitRows(4);
}

void MessageTab::showBody(const client::ExchangeDetail &detail)
{
    // What was recorded of a body hangs on the message that came in from outside.
    const auto *message =
        detail.message(m_side == Side::Request ? client::Message::Received : client::Message::Got);
    if (!message || message->bodyKept == 0)
        message = shownMessage(detail, m_side);
    const bool isKept = message->bodyKept > 0;
    m_body->setVisible(isKept);
    m_bodyNote->setVisible(!isKept);
    if (!isKept) {
        m_loader.cancel();
        m_bodyNote->setText(message->bodySize > 0
                                ? tr("The body of %1 was not recorded: record bodies to see it.")
                                      .arg(sizeQuantity(message->bodySize).text())
                                : tr("There is no body."));
        return;
    }
    const auto take = [this, type = message->contentType, encoding = message->contentEncoding,
                       size = message->bodySize](const Result<QByteArray> &bytes) {
        m_bodyNote->setVisible(!bytes);
        m_body->setVisible(bytes.has_value());
        if (bytes)
            m_body->setContent({memorySource(*bytes), type, encoding, size});
        else
            m_bodyNote->setText(tr("The body cannot be shown: %1").arg(bytes.error().message()));
    };
    m_loader.load(detail.seq, m_side, message->bodyKept, take);
}

} // namespace gatehouse::ui
