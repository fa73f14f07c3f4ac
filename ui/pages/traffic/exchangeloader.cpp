// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/exchangeloader.h"

namespace gatehouse::ui {

ExchangeLoader::ExchangeLoader(client::AdminApi &api, QObject *parent) : QObject(parent), m_api(api)
{
}

ExchangeLoader::~ExchangeLoader() = default;

void ExchangeLoader::load(quint64 seq)
{
    m_wanted = seq;
    m_api.call(client::Op::Exchange, {{"seq", QString::number(seq)}}, this,
               [this, seq](const Result<QJsonObject> &answer) {
                   if (seq != m_wanted)
                       return;
                   if (answer)
                       Q_EMIT loaded(client::ExchangeDetail::from(*answer));
                   else
                       Q_EMIT failed(seq, answer.error().text());
               });
}

void ExchangeLoader::reveal(quint64 seq, QObject *context,
                            std::function<void(const client::ExchangeDetail &detail)> done)
{
    m_api.call(client::Op::Exchange, {{"seq", QString::number(seq)}, {"reveal", "true"}}, context,
               [this, seq, done = std::move(done)](const Result<QJsonObject> &answer) {
                   if (answer)
                       done(client::ExchangeDetail::from(*answer));
                   else
                       Q_EMIT failed(seq, answer.error().text());
               });
}

} // namespace gatehouse::ui
