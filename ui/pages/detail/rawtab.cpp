// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/rawtab.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"
#include "ui/widgets/textview.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

// RFC 9112, section 2.1. HTTP/2 heads are shown in the same form.
QByteArray headOf(const client::Message &message)
{
    QByteArray head = message.startLine.toUtf8() + "\r\n";
    for (const client::HeaderLine &line : message.headers)
        head += line.name.toUtf8() + ": " + line.value.toUtf8() + "\r\n";
    return head + "\r\n";
}

} // namespace

RawTab::RawTab(QWidget *parent)
    : DetailTab(parent)
    , m_which(new Picker(tr("Message"), this))
    , m_hex(new QToolButton(this))
    , m_text(new TextView(this))
{
    m_hex->setText(tr("Hex"));
    m_hex->setAccessibleName(tr("Hex"));
    m_hex->setCheckable(true);
    m_text->setAccessibleName(tr("Head of the message"));
    auto *const bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    bar->setSpacing(8);
    bar->addWidget(m_which);
    bar->addWidget(m_hex);
    bar->addStretch();
    bar->addWidget(label(tr("secrets are masked"), "muted", this));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_text, 1);
    connect(m_which, &QComboBox::activated, this, &RawTab::showCurrent);
    connect(m_hex, &QToolButton::toggled, this, &RawTab::showCurrent);
}

RawTab::~RawTab() = default;

bool RawTab::showExchange(const client::ExchangeDetail &detail)
{
    static const char *const names[] = {
        QT_TR_NOOP("Client to gateway"), QT_TR_NOOP("Gateway to upstream"),
        QT_TR_NOOP("Upstream to gateway"), QT_TR_NOOP("Gateway to client")};
    m_detail = detail;
    const QVariant before = m_which->currentData();
    m_which->clear();
    for (int kind = client::Message::Received; kind <= client::Message::Answered; ++kind) {
        const auto *const message = detail.message(client::Message::Kind(kind));
        if (message && message->isKept)
            m_which->addItem(tr(names[kind]), kind);
    }
    m_which->setCurrentIndex(std::max(0, m_which->findData(before)));
    showCurrent();
    return m_which->count() > 0;
}

void RawTab::showCurrent()
{
    const int kind = m_which->currentData().toInt();
    const auto *const message = m_detail.message(client::Message::Kind(kind));
    const QByteArray head = message && m_which->count() > 0 ? headOf(*message) : QByteArray();
    m_text->setSource(memorySource(head), m_hex->isChecked() ? TextLook::Hex : TextLook::Plain);
}

} // namespace gatehouse::ui
