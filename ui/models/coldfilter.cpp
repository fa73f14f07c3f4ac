// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/coldfilter.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr int pageSize = 2000;

} // namespace

ColdFilter::ColdFilter(client::AdminApi &api, FilterRunner &runner, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_runner(runner)
{
    connect(&runner, &FilterRunner::coldWanted, this,
            [this](quint64 generation, const std::vector<quint64> &seqs) {
                const auto [first, last] = std::ranges::minmax(seqs);
                ask(generation, first, last + 1, last + 1 - first);
            });
}

ColdFilter::~ColdFilter() = default;

void ColdFilter::ask(quint64 generation, quint64 first, quint64 before, quint64 asked)
{
    const client::Parameters parameters{{"filter", m_runner.expression().format()},
                                        {"after", QString::number(first - 1)},
                                        {"before", QString::number(before)},
                                        {"limit", QString::number(pageSize)}};
    const auto take = [=, this](const Result<QJsonObject> &answer) {
        if (generation != m_runner.generation())
            return;
        if (!answer) {
            Q_EMIT failed(answer.error().text());
            return;
        }
        std::vector<quint64> seqs;
        for (const QJsonValue &exchange : (*answer)["exchanges"].toArray())
            seqs.push_back(quint64(exchange["seq"].toInteger()));
        m_runner.giveCold(generation, seqs);
        const auto next = quint64((*answer)["next"].toInteger());
        Q_EMIT progressed(next == 0 ? asked : asked - std::min(asked, next - first), asked);
        if (next > first)
            ask(generation, first, next, asked);
    };
    m_api.call(client::Op::Exchanges, parameters, this, take);
}

} // namespace gatehouse::ui
