// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/destinationbar.h"

#include "ui/pages/composer/destinations.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace gatehouse::ui {

namespace {

QToolButton *half(const QString &text, const QString &tip, QWidget *parent)
{
    auto *const made = new QToolButton(parent);
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setCheckable(true);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

} // namespace

DestinationBar::DestinationBar(const Destinations &destinations, QWidget *parent)
    : QWidget(parent)
    , m_destinations(destinations)
    , m_gateway(half(tr("Gateway"), tr("Send through the gateway"), this))
    , m_direct(half(tr("Straight to"), tr("Send straight to an instance, past the gateway"), this))
    , m_where(new Picker(tr("Where to send"), this))
    , m_preview(dataLabel({}, this))
{
    auto *const group = new QButtonGroup(this);
    group->addButton(m_gateway);
    group->addButton(m_direct);
    m_gateway->setChecked(true);
    m_where->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_preview->setProperty("kind", "smalldata");
    m_preview->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    QFrame *const both = card(this);
    auto *const halves = new QHBoxLayout(both);
    halves->setContentsMargins(1, 1, 1, 1);
    halves->setSpacing(0);
    halves->addWidget(m_gateway);
    halves->addWidget(m_direct);
    row->addWidget(both);
    row->addSpacing(4);
    row->addWidget(m_where);
    row->addSpacing(8);
    row->addWidget(m_preview, 1);
    connect(group, &QButtonGroup::buttonClicked, this, [this] {
        fill();
        Q_EMIT edited();
    });
    connect(m_where, &QComboBox::activated, this, [this] {
        (isDirect() ? m_instanceUrl : m_gatewayUrl) = m_where->currentData().toString();
        Q_EMIT edited();
    });
    connect(&destinations, &Destinations::changed, this, &DestinationBar::fill);
    fill();
}

DestinationBar::~DestinationBar() = default;

bool DestinationBar::isDirect() const
{
    return m_direct->isChecked();
}

void DestinationBar::setDirect(bool on)
{
    (on ? m_direct : m_gateway)->click();
}

void DestinationBar::fill()
{
    m_where->clear();
    QString &wanted = isDirect() ? m_instanceUrl : m_gatewayUrl;
    if (isDirect()) {
        for (const auto &[service, url] : m_destinations.instances())
            m_where->addItem(service + QStringLiteral(" – ") + url, url);
    } else {
        for (const QString &url : m_destinations.gateways())
            m_where->addItem(url, url);
    }
    // The engine may have taken other ports since.
    m_where->setCurrentIndex(std::max(0, m_where->findData(wanted)));
    if (m_where->count() > 0 && m_where->findData(wanted) < 0)
        wanted.clear();
    m_where->setVisible(isDirect() || m_where->count() > 1);
    m_where->setEnabled(m_where->count() > 0);
    if (m_where->count() == 0)
        m_where->addItem(tr("no instance is known"), QString());
}

QString DestinationBar::base() const
{
    return m_where->currentData().toString();
}

void DestinationBar::setRequest(const ComposerRequest &request)
{
    m_gatewayUrl = request.gateway;
    m_instanceUrl = request.instance;
    (request.isDirect ? m_direct : m_gateway)->setChecked(true);
    fill();
}

void DestinationBar::put(ComposerRequest &request) const
{
    request.isDirect = isDirect();
    request.gateway = m_gatewayUrl;
    request.instance = m_instanceUrl;
}

void DestinationBar::setPreview(const QString &url)
{
    m_preview->setText(url);
    m_preview->setToolTip(url.toHtmlEscaped());
}

} // namespace gatehouse::ui
