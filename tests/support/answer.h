// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/message.h"
#include "tests/support/run.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::test {

inline QByteArray toBytes(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

inline Task<QByteArray> readAll(BodyStream *body)
{
    QByteArray bytes;
    for (bool isLast = !body; !isLast;) {
        const Result<Chunk> chunk = co_await body->read();
        if (!chunk)
            co_return "(error: " + chunk.error().text().toUtf8() + ")";
        bytes += toBytes(chunk->bytes);
        isLast = chunk->isLast;
    }
    co_return bytes;
}

/// An answer as a client has it, with nothing of the exchange left in it.
struct Answer
{
    explicit Answer(const Response &response)
        : status(response.status())
        , body(run(readAll(response.body())))
        , closes(response.closesConnection())
    {
        for (const Field &field : response.headers().fields())
            m_fields.emplace_back(toBytes(field.name), toBytes(field.value));
    }

    int status;
    QByteArray body;
    bool closes;

    /// The lines of that name, joined by "|"; "(none)" if there is none.
    [[nodiscard]] QByteArray value(const QByteArray &name) const
    {
        QByteArrayList values;
        for (const auto &[key, value] : m_fields) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                values << value;
        }
        return values.isEmpty() ? "(none)" : values.join('|');
    }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }

private:
    std::vector<std::pair<QByteArray, QByteArray>> m_fields;
};

} // namespace gatehouse::test
