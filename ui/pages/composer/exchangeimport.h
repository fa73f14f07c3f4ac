// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"
#include "ui/models/composerrequest.h"
#include "ui/pages/detail/bodyloader.h"

#include <memory>

namespace gatehouse::ui {

/// A recorded request as one that can be edited and sent again.
struct ImportedRequest
{
    ComposerRequest request;
    QStringList notes; ///< sentences: what is not as it was
};

/// What \a detail, with its headers revealed, was asked with: without what belongs to a connection
/// (RFC 9110, section 7.6.1) and to Gatehouse.
[[nodiscard]] ImportedRequest importedRequest(const client::ExchangeDetail &detail,
                                              const QByteArray &body);

/// Fetches an exchange with its body for that.
class ExchangeImport : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const Result<ImportedRequest> &imported)>;

    /// \a api is not owned and must outlive the object.
    explicit ExchangeImport(client::AdminApi &api, QObject *parent = nullptr);
    ~ExchangeImport() override;

    /// Drops the one before.
    void load(quint64 seq, Done done);

private:
    void loadBody(const client::ExchangeDetail &detail, const Done &done);

    client::AdminApi &m_api;
    BodyLoader m_loader;
    std::unique_ptr<QObject> m_context;
};

} // namespace gatehouse::ui
