// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/exchangefinder.h"

#include <QJsonArray>

namespace gatehouse::ui {

ExchangeFinder::ExchangeFinder(client::AdminApi &api, QObject *parent) : QObject(parent), m_api(api)
{
    m_again.setSingleShot(true);
    m_again.setInterval(std::chrono::milliseconds(60));
    connect(&m_again, &QTimer::timeout, this, &ExchangeFinder::ask);
}

ExchangeFinder::~ExchangeFinder() = default;

void ExchangeFinder::cancel()
{
    m_again.stop();
    if (m_context)
        m_context.release()->deleteLater(); // it may be in its own callback
    m_done = {};
}

void ExchangeFinder::find(const QByteArray &tag, Done done)
{
    cancel();
    m_context = std::make_unique<QObject>();
    m_filter = QStringLiteral("tag=\"%1\"").arg(QLatin1String(tag));
    m_done = std::move(done);
    m_clock.start();
    ask();
}

void ExchangeFinder::ask()
{
    const client::Parameters parameters{{QStringLiteral("filter"), m_filter},
                                        {QStringLiteral("limit"), QStringLiteral("1")}};
    const auto take = [this, context = m_context.get()](const Result<QJsonObject> &page) {
        if (context != m_context.get())
            return;
        if (!page) {
            finish(std::unexpected(page.error()));
            return;
        }
        const QJsonArray found = (*page)[QLatin1String("exchanges")].toArray();
        const auto seq = quint64(found.at(0)[QLatin1String("seq")].toInteger());
        if (seq != 0)
            fetch(seq, std::exchange(m_done, {}));
        else if (m_clock.elapsed() < patience.count())
            m_again.start();
        else
            finish(fail(ErrorCode::NotFound,
                        tr("The gateway has no record of the request: its recording is off, or a "
                           "capture rule skips it.")));
    };
    m_api.call(client::Op::Exchanges, parameters, m_context.get(), take);
}

void ExchangeFinder::fetch(quint64 seq, Done done)
{
    cancel();
    m_context = std::make_unique<QObject>();
    m_done = std::move(done);
    m_api.call(client::Op::Exchange, {{QStringLiteral("seq"), QString::number(seq)}},
               m_context.get(), [this, context = m_context.get()](const Result<QJsonObject> &json) {
                   if (context != m_context.get())
                       return;
                   if (json)
                       finish(client::ExchangeDetail::from(*json));
                   else
                       finish(std::unexpected(json.error()));
               });
}

void ExchangeFinder::finish(const Result<client::ExchangeDetail> &detail)
{
    // It may find again, and would then overwrite what runs.
    const Done done = std::exchange(m_done, {});
    if (done)
        done(detail);
}

} // namespace gatehouse::ui
