// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/bodyloader.h"

namespace gatehouse::ui {

BodyLoader::BodyLoader(client::AdminApi &api, QObject *parent) : QObject(parent), m_api(api) {}

BodyLoader::~BodyLoader() = default;

void BodyLoader::cancel()
{
    if (m_context)
        m_context->deleteLater(); // it may be in its own callback
    m_context = nullptr;
    m_bytes.clear();
}

void BodyLoader::load(quint64 seq, Side side, qint64 size, Done done)
{
    cancel();
    m_context = new QObject(this);
    m_seq = seq;
    m_side = side;
    m_size = std::min(size, mostBytes);
    m_done = std::move(done);
    if (m_size > 0) {
        next();
        return;
    }
    QMetaObject::invokeMethod(m_context, [this] { finish(QByteArray()); }, Qt::QueuedConnection);
}

void BodyLoader::finish(const Result<QByteArray> &body)
{
    // It may load again, and would then overwrite what runs.
    const Done done = std::exchange(m_done, {});
    if (done)
        done(body);
}

void BodyLoader::next()
{
    const qint64 wanted = std::min(partBytes, m_size - m_bytes.size());
    const client::Parameters parameters{
        {QStringLiteral("seq"), QString::number(m_seq)},
        {QStringLiteral("side"),
         m_side == Side::Request ? QStringLiteral("request") : QStringLiteral("response")},
        {QStringLiteral("offset"), QString::number(m_bytes.size())},
        {QStringLiteral("limit"), QString::number(wanted)}};
    m_api.fetch(client::Op::ExchangeBody, parameters, m_context,
                [this, context = m_context](const Result<QByteArray> &part) {
                    if (context != m_context)
                        return;
                    if (!part) {
                        finish(part);
                        return;
                    }
                    m_bytes += *part;
                    // An empty part: less is there than was said.
                    if (part->isEmpty() || m_bytes.size() >= m_size)
                        finish(std::exchange(m_bytes, {}));
                    else
                        next();
                });
}

} // namespace gatehouse::ui
