// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/rowcommands.h"

#include "ui/models/curlcommand.h"
#include "ui/models/requesttext.h"
#include "ui/pages/traffic/exchangeloader.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>

namespace gatehouse::ui {

using client::ExchangeDetail;
using client::Op;

RowCommands::RowCommands(client::AdminApi &api, ExchangeLoader &loader, TrafficStore &store,
                         Navigator &navigator, QWidget *window)
    : QObject(window)
    , m_api(api)
    , m_loader(loader)
    , m_store(store)
    , m_navigator(navigator)
    , m_window(window)
{
}

RowCommands::~RowCommands() = default;

void RowCommands::run(RowAction action, const std::vector<quint64> &seqs)
{
    if (seqs.empty())
        return;
    switch (action) {
    case RowAction::Resend:
    case RowAction::EditAndResend:
        m_navigator.go({QStringLiteral("composer"),
                        {{"seq", seqs.front()}, {"send", action == RowAction::Resend}}});
        return;
    case RowAction::MakeTest: {
        QVariantList list;
        for (const quint64 seq : seqs)
            list << seq;
        m_navigator.go({QStringLiteral("composer"), {{"seq", seqs.front()}, {"test", list}}});
        return;
    }
    case RowAction::Pin:
        return pin(seqs);
    case RowAction::Note:
        return note(seqs.front());
    case RowAction::Delete:
        return forget(seqs);
    case RowAction::CopyCurl:
        return copyRequest(seqs.front(), QStringLiteral("cURL"), toCurl);
    case RowAction::CopyFetch:
        return copyRequest(seqs.front(), QStringLiteral("fetch"), toFetch);
    case RowAction::CopyHttpie:
        return copyRequest(seqs.front(), QStringLiteral("HTTPie"), toHttpie);
    case RowAction::Compare:
    case RowAction::SetBaseline:
        return compare(action == RowAction::SetBaseline ? std::vector{seqs.front()} : seqs);
    default: // the list does the rest itself
        return;
    }
}

void RowCommands::setPinned(quint64 seq, bool isPinned, const QString &note)
{
    const QJsonObject body{{"seq", qint64(seq)}, {"pinned", isPinned}, {"note", note}};
    m_api.call(Op::ExchangePin, {}, body, this, [this](const Result<QJsonObject> &answer) {
        if (!answer)
            Q_EMIT failed(answer.error().text());
    });
}

/// All become pinned, unless all are.
void RowCommands::pin(const std::vector<quint64> &seqs)
{
    bool areAll = true;
    for (const quint64 seq : seqs) {
        const std::optional<RowId> id = m_store.find(seq);
        areAll &= id && m_store.row(*id).record->is(filter::Flag::Pinned);
    }
    for (const quint64 seq : seqs)
        setPinned(seq, !areAll, {});
    Q_EMIT done(areAll ? tr("%n no longer pinned", nullptr, int(seqs.size()))
                       : tr("%n pinned: kept when others go", nullptr, int(seqs.size())));
}

void RowCommands::note(quint64 seq)
{
    m_loader.reveal(seq, this, [this, seq](const ExchangeDetail &detail) {
        auto *const dialog = new QInputDialog(m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Note"));
        dialog->setLabelText(tr("A note for exchange %1 (it is pinned with it):").arg(seq));
        dialog->setTextValue(detail.note);
        connect(dialog, &QInputDialog::textValueSelected, this,
                [this, seq](const QString &text) { setPinned(seq, true, text); });
        dialog->open();
    });
}

void RowCommands::forget(const std::vector<quint64> &seqs)
{
    QStringList texts;
    std::vector<RowId> ids;
    for (const quint64 seq : seqs) {
        texts << QString::number(seq);
        if (const std::optional<RowId> id = m_store.find(seq))
            ids.push_back(*id);
    }
    m_api.call(Op::ClearExchanges, {{"filter", "seq:" + texts.join(',')}, {"pinned", "true"}}, this,
               [this, ids](const Result<QJsonObject> &answer) {
                   if (!answer) {
                       Q_EMIT failed(answer.error().text());
                       return;
                   }
                   m_store.forget(ids);
                   Q_EMIT done(tr("%n deleted", nullptr, int(ids.size())));
               });
}

void RowCommands::copyRequest(quint64 seq, const QString &name, Writer write)
{
    m_loader.reveal(seq, this, [this, seq, name, write](const ExchangeDetail &detail) {
        const client::Parameters body{{"seq", QString::number(seq)}, {"side", "request"}};
        m_api.fetch(Op::ExchangeBody, body, this,
                    [this, detail, name, write](const Result<QByteArray> &bytes) {
                        QGuiApplication::clipboard()->setText(
                            write(requestOf(detail, m_url, bytes.value_or(QByteArray()))));
                        Q_EMIT done(tr("Copied as %1, with its credentials").arg(name));
                    });
    });
}

/// Two rows with each other; one with the baseline, which the first one becomes.
void RowCommands::compare(const std::vector<quint64> &seqs)
{
    m_loader.reveal(seqs.front(), this, [this, seqs](const ExchangeDetail &first) {
        if (seqs.size() >= 2) {
            m_loader.reveal(seqs[1], this, [this, first](const ExchangeDetail &second) {
                Q_EMIT compareWanted(first, second);
            });
            return;
        }
        if (m_baseline && m_baseline->seq != first.seq) {
            Q_EMIT compareWanted(*m_baseline, first);
            return;
        }
        m_baseline = first;
        Q_EMIT done(tr("Exchange %1 is the baseline: choose another and compare").arg(first.seq));
    });
}

} // namespace gatehouse::ui
