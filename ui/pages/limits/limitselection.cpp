// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/limitselection.h"

#include "engine/client/adminapi.h"
#include "ui/widgets/icons.h"

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

LimitSelection::LimitSelection(client::AdminApi &api, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_reset(add(tr("Reset the key"), "Del"))
    , m_fill(add(tr("Use all up"), "Ctrl+U"))
    , m_keyTraffic(add(tr("Show its requests"), "Ctrl+Return"))
    , m_deniedTraffic(add(tr("Show what it denied"), "Ctrl+Shift+Return"))
{
    m_reset->setIcon(icon(Glyph::Restart));
    m_fill->setIcon(icon(Glyph::Limited));
    m_keyTraffic->setIcon(icon(Glyph::Traffic));
    m_deniedTraffic->setIcon(icon(Glyph::Denied));
    connect(m_reset, &QAction::triggered, this, [this] {
        const bool isUsedUp = m_key->remaining == 0 && !m_key->isBlocked;
        change(Op::ResetLimitKey, m_limit->name, m_key->key,
               tr("Reset %1 of %2").arg(m_key->key, m_limit->name),
               isUsedUp ? std::optional(Op::FillLimitKey) : std::nullopt);
    });
    connect(m_fill, &QAction::triggered, this, [this] {
        const bool isFresh = m_key->remaining >= m_limit->capacity && !m_key->isBlocked;
        change(Op::FillLimitKey, m_limit->name, m_key->key,
               tr("%1 has nothing left of %2").arg(m_key->key, m_limit->name),
               isFresh ? std::optional(Op::ResetLimitKey) : std::nullopt);
    });
    connect(m_keyTraffic, &QAction::triggered, this, [this] {
        Q_EMIT trafficWanted(QStringLiteral("limit:%1 key:%2")
                                 .arg(filterString(m_limit->name), filterString(m_key->key)));
    });
    connect(m_deniedTraffic, &QAction::triggered, this, [this] {
        Q_EMIT trafficWanted(QStringLiteral("deniedby:%1").arg(filterString(m_limit->name)));
    });
    const std::pair<QString, QString> steps[] = {{QStringLiteral("1s"), tr("+1 s")},
                                                 {QStringLiteral("10s"), tr("+10 s")},
                                                 {QStringLiteral("60s"), tr("+1 min")}};
    for (const auto &[by, words] : steps) {
        QAction *const action = add(words, "");
        action->setToolTip(tr("Let time pass for this limit: %1").arg(words));
        connect(action, &QAction::triggered, this,
                [this, by = by, words = words] { advance(by, words); });
        m_clock << action;
    }
    update();
}

LimitSelection::~LimitSelection() = default;

QAction *LimitSelection::add(const QString &text, const char *keys)
{
    auto *const action = new QAction(text, this);
    const QKeySequence sequence = QKeySequence::fromString(QLatin1String(keys));
    action->setShortcut(sequence);
    action->setShortcutContext(Qt::WidgetShortcut);
    if (!sequence.isEmpty())
        action->setToolTip(
            QStringLiteral("%1 (%2)").arg(text, sequence.toString(QKeySequence::NativeText)));
    return action;
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

void LimitSelection::update()
{
    const bool hasKey = m_limit && m_key;
    for (QAction *const action : {m_reset, m_fill, m_keyTraffic})
        action->setEnabled(hasKey);
    m_deniedTraffic->setEnabled(m_limit.has_value());
    for (QAction *const action : std::as_const(m_clock))
        action->setEnabled(m_limit && m_refusal.isEmpty());
}

void LimitSelection::change(Op op, const QString &limit, const QString &key,
                            const QString &sentence, std::optional<Op> back)
{
    m_api.call(op, {{"limit", limit}, {"key", key}}, this,
               [this, limit, key, sentence, back](const Result<QJsonObject> &answer) {
                   m_undo.reset();
                   if (!answer) {
                       Q_EMIT failed(answer.error().text());
                       return;
                   }
                   if (back)
                       m_undo = Undo{*back, limit, key};
                   Q_EMIT done(sentence, back.has_value());
                   Q_EMIT changed();
               });
}

void LimitSelection::undo()
{
    if (!m_undo)
        return;
    const Undo undo = *m_undo;
    change(undo.op, undo.limit, undo.key, tr("%1 is as it was").arg(undo.key), std::nullopt);
}

void LimitSelection::advance(const QString &by, const QString &words)
{
    m_api.call(Op::AdvanceLimit, {{"limit", m_limit->name}, {"by", by}}, this,
               [this, words, name = m_limit->name](const Result<QJsonObject> &answer) {
                   if (answer) {
                       Q_EMIT done(tr("The clock of %1: %2").arg(name, words), false);
                       Q_EMIT changed();
                       return;
                   }
                   if (answer.error().code() == ErrorCode::Forbidden) {
                       m_refusal = answer.error().message();
                       update();
                       Q_EMIT clockRefused(m_refusal);
                   } else {
                       Q_EMIT failed(answer.error().text());
                   }
               });
}

} // namespace gatehouse::ui
