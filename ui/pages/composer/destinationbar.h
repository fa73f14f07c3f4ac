// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerrequest.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace gatehouse::ui {

class Destinations;

/// The switch that says where a request goes: through the gateway, or straight to an instance.
class DestinationBar : public QWidget
{
    Q_OBJECT

public:
    /// \a destinations is not owned and must outlive the bar.
    explicit DestinationBar(const Destinations &destinations, QWidget *parent = nullptr);
    ~DestinationBar() override;

    /// Takes the destination of \a request.
    void setRequest(const ComposerRequest &request);
    /// Writes it into \a request.
    void put(ComposerRequest &request) const;
    /// The URL that targets without a host go to; empty if there is none.
    [[nodiscard]] QString base() const;
    [[nodiscard]] bool isDirect() const;
    void setDirect(bool on);
    /// What is shown behind the switch: the URL as it will be sent.
    void setPreview(const QString &url);

Q_SIGNALS:
    void edited();

private:
    void fill();

    const Destinations &m_destinations;
    QToolButton *m_gateway;
    QToolButton *m_direct;
    QComboBox *m_where;
    QLabel *m_preview;
    QString m_gatewayUrl;
    QString m_instanceUrl;
};

} // namespace gatehouse::ui
