// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/columnvalues.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <utility>

namespace gatehouse::ui {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds together{100}; // a page of rows is painted meanwhile
constexpr milliseconds afterFailure{2000};
constexpr qsizetype mostShown = 256; // characters of a value

} // namespace

ColumnValues::ColumnValues(client::AdminApi &api, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_known(mostCharacters)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ColumnValues::ask);
}

ColumnValues::~ColumnValues() = default;

void ColumnValues::setFields(const QStringList &fields)
{
    if (std::exchange(m_fields, fields) != fields)
        forgetAll();
}

void ColumnValues::forgetAll()
{
    m_timer.stop();
    m_known.clear();
    m_wanted.clear();
    m_asked.clear();
    if (m_context)
        m_context->deleteLater(); // its answer is about something else
    m_context = nullptr;
}

void ColumnValues::forget(quint64 seq)
{
    m_known.remove(seq);
    std::erase(m_asked, seq); // the answer under way may be older than the change
}

std::optional<QString> ColumnValues::value(quint64 seq, const QString &field)
{
    if (const Values *const values = m_known.object(seq))
        return values->value(field);
    if (std::ranges::find(m_wanted, seq) != m_wanted.end()
        || std::ranges::find(m_asked, seq) != m_asked.end())
        return std::nullopt;
    // What was on the screen long ago has scrolled away meanwhile.
    if (m_wanted.size() == std::size_t(mostAtOnce))
        m_wanted.erase(m_wanted.begin());
    m_wanted.push_back(seq);
    if (!m_timer.isActive() && !m_context)
        m_timer.start(together);
    return std::nullopt;
}

void ColumnValues::ask()
{
    if (m_context || m_wanted.empty() || m_fields.isEmpty())
        return;
    m_asked = std::exchange(m_wanted, {});
    QJsonArray seqs;
    for (const quint64 seq : m_asked)
        seqs.append(qint64(seq));
    m_context = new QObject(this);
    m_api.call(client::Op::ExchangeValues, {},
               {{"seqs", seqs}, {"fields", QJsonArray::fromStringList(m_fields)}}, m_context,
               [this, context = m_context](const Result<QJsonObject> &answer) {
                   if (context != m_context)
                       return;
                   context->deleteLater();
                   m_context = nullptr;
                   if (answer) {
                       take((*answer)["values"].toObject());
                       return;
                   }
                   m_wanted = std::exchange(m_asked, {});
                   m_timer.start(afterFailure);
                   if (!std::exchange(m_hasFailed, true))
                       Q_EMIT failed(answer.error().text());
               });
}

void ColumnValues::take(const QJsonObject &values)
{
    m_hasFailed = false;
    std::vector<quint64> seqs;
    for (const quint64 seq : std::exchange(m_asked, {})) {
        const QJsonValue found = values[QString::number(seq)];
        if (!found.isObject())
            continue; // there was no time for it; it is asked for again when it is painted
        auto known = std::make_unique<Values>();
        qsizetype size = 32;
        const QJsonObject object = found.toObject();
        for (const QString &field : std::as_const(m_fields)) {
            const QString text = object[field].toString().left(mostShown).simplified();
            size += text.size();
            known->insert(field, text);
        }
        m_known.insert(seq, known.release(), int(size));
        seqs.push_back(seq);
    }
    if (!m_wanted.empty())
        m_timer.start(together);
    Q_EMIT arrived(seqs);
}

} // namespace gatehouse::ui
