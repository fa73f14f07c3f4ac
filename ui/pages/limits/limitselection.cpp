// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/limitselection.h"

#include "ui/actions/shortcuts.h"

#include <QAction>

namespace gatehouse::ui {

using client::Op;

QString filterString(const QString &text)
{
    QString out = text;
    out.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + out + QLatin1Char('"');
}

LimitSelection::LimitSelection(client::AdminApi &api, Shortcuts &shortcuts, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_reset(shortcuts.make(QStringLiteral("limit.reset"), this))
    , m_fill(shortcuts.make(QStringLiteral("limit.fill"), this))
    , m_unblock(shortcuts.make(QStringLiteral("limit.unblock"), this))
    , m_keyTraffic(shortcuts.make(QStringLiteral("limit.requests"), this))
    , m_deniedTraffic(shortcuts.make(QStringLiteral("limit.denied"), this))
    , m_table(shortcuts.make(QStringLiteral("limit.table"), this))
{
    makeKeyActions(shortcuts);
    makeClockActions(shortcuts);
    connect(m_keyTraffic, &QAction::triggered, this, [this] {
        Q_EMIT trafficWanted(QStringLiteral("limit:%1 key:%2")
                                 .arg(filterString(m_limit->name), filterString(m_key->key)));
    });
    connect(m_deniedTraffic, &QAction::triggered, this, [this] {
        Q_EMIT trafficWanted(QStringLiteral("deniedby:%1").arg(filterString(m_limit->name)));
    });
    update();
}

LimitSelection::~LimitSelection() = default;

void LimitSelection::makeKeyActions(Shortcuts &shortcuts)
{
    connect(m_reset, &QAction::triggered, this, [this] {
        change(Op::ResetLimitKey, tr("Reset %1 of %2").arg(m_key->key, m_limit->name));
    });
    connect(m_fill, &QAction::triggered, this, [this] {
        change(Op::FillLimitKey, tr("%1 has nothing left of %2").arg(m_key->key, m_limit->name));
    });
    connect(m_unblock, &QAction::triggered, this, [this] {
        change(Op::UnblockLimitKey, tr("Unblocked %1 of %2").arg(m_key->key, m_limit->name));
    });
    struct Block
    {
        const char *id;
        const char *time;
        QString words;
    };
    for (const Block &block :
         {Block{"limit.block-short", "1m", tr("1 min")}, Block{"limit.block", "10m", tr("10 min")},
          Block{"limit.block-long", "1h", tr("1 h")}}) {
        QAction *const action = shortcuts.make(QLatin1String(block.id), this);
        const QString time = QLatin1String(block.time);
        connect(action, &QAction::triggered, this, [this, time, words = block.words] {
            change(Op::BlockLimitKey,
                   tr("Blocked %1 of %2 for %3").arg(m_key->key, m_limit->name, words),
                   {{"for", time}});
        });
        m_blocks << action;
    }
}

void LimitSelection::makeClockActions(Shortcuts &shortcuts)
{
    const auto add = [&](const char *id, const QString &words, Op op,
                         const client::Parameters &parameters) {
        QAction *const action = shortcuts.make(QLatin1String(id), this);
        action->setIconText(words);
        connect(action, &QAction::triggered, this, [this, op, parameters, words] {
            setClock(op, parameters, tr("The clock of %1: %2").arg(m_limit->name, words));
        });
        m_clock << action;
        return action;
    };
    add("limit.second", tr("+1 s"), Op::AdvanceLimit, {{"by", "1s"}});
    add("limit.ten-seconds", tr("+10 s"), Op::AdvanceLimit, {{"by", "10s"}});
    add("limit.minute", tr("+1 min"), Op::AdvanceLimit, {{"by", "60s"}});
    m_freeze = add("limit.freeze", tr("Freeze"), Op::LimitClock, {{"to", "frozen"}});
    m_run = add("limit.run", tr("Run"), Op::LimitClock, {{"to", "running"}});
    m_real = add("limit.real", tr("Real"), Op::LimitClock, {{"to", "real"}});
}

void LimitSelection::setLimit(const std::optional<LimitInfo> &limit)
{
    m_limit = limit;
    update();
}

void LimitSelection::setKey(const std::optional<LimitKeyInfo> &key)
{
    m_key = key;
    update();
}

void LimitSelection::setLab(bool isLab)
{
    const QString reason = isLab
        ? QString()
        : tr("the gateway runs in production. Start it with --lab, or with "
             "environment: development.");
    if (reason == m_refusal)
        return;
    m_refusal = reason;
    update();
    Q_EMIT clockRefused(m_refusal);
}

void LimitSelection::update()
{
    const bool hasKey = m_limit && m_key;
    for (QAction *const action : {m_reset, m_fill, m_keyTraffic, m_table})
        action->setEnabled(hasKey);
    m_deniedTraffic->setEnabled(m_limit.has_value());
    m_unblock->setEnabled(hasKey && m_key->isByHand);
    const bool isLab = m_refusal.isEmpty();
    for (QAction *const action : std::as_const(m_blocks))
        action->setEnabled(hasKey && isLab);
    for (QAction *const action : std::as_const(m_clock))
        action->setEnabled(m_limit && isLab);
    const LimitClock clock = m_limit ? m_limit->clock : LimitClock();
    const bool canStand = m_limit && m_limit->backend != QLatin1String("redis");
    m_freeze->setEnabled(isLab && canStand && !clock.isFrozen);
    m_run->setEnabled(clock.isFrozen);
    m_real->setEnabled(!clock.isReal());
}

void LimitSelection::change(Op op, const QString &sentence, const client::Parameters &more)
{
    client::Parameters parameters = more;
    parameters["limit"] = m_limit->name;
    parameters["key"] = m_key->key;
    send(op, parameters, sentence, true);
}

void LimitSelection::send(Op op, const client::Parameters &parameters, const QString &sentence,
                          bool keepsUndo)
{
    m_undo.reset();
    m_api.call(op, parameters, this,
               [this, parameters, sentence, keepsUndo](const Result<QJsonObject> &answer) {
                   if (!answer) {
                       refuse(answer.error());
                       return;
                   }
                   const QString before = (*answer)["before"].toString();
                   if (keepsUndo && !before.isEmpty())
                       m_undo = client::Parameters{{"limit", parameters["limit"]},
                                                   {"key", parameters["key"]},
                                                   {"before", before}};
                   Q_EMIT done(sentence, m_undo.has_value());
                   Q_EMIT changed();
               });
}

void LimitSelection::undo()
{
    if (!m_undo)
        return;
    const client::Parameters undo = *m_undo;
    send(Op::RestoreLimitKey, undo, tr("%1 is as it was").arg(undo["key"]), false);
}

void LimitSelection::setClock(Op op, const client::Parameters &more, const QString &sentence)
{
    client::Parameters parameters = more;
    parameters["limit"] = m_limit->name;
    send(op, parameters, sentence, false);
}

void LimitSelection::refuse(const Error &error)
{
    if (error.code() != ErrorCode::Forbidden) {
        Q_EMIT failed(error.text());
        return;
    }
    m_refusal = error.message();
    update();
    Q_EMIT clockRefused(m_refusal);
}

} // namespace gatehouse::ui
