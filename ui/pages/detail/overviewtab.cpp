// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/overviewtab.h"

#include "engine/filter/names.h"
#include "ui/models/timingrows.h"
#include "ui/models/units.h"
#include "ui/pages/detail/scrollcolumn.h"
#include "ui/settings/type.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/stagebars.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>

namespace gatehouse::ui {

namespace {

using filter::Decision;

Token tintOf(Decision decision)
{
    switch (decision) {
    case Decision::Passed:
        return Token::Ok;
    case Decision::Limited:
    case Decision::Unmatched:
        return Token::Warn;
    case Decision::Denied:
    case Decision::Failed:
        return Token::Error;
    case Decision::Cached:
    case Decision::Mocked:
        return Token::Info;
    case Decision::Circuit:
        return Token::Patch;
    case Decision::Open:
        break;
    }
    return Token::Text3;
}

QString text(const QJsonObject &summary, const char *name)
{
    return summary[QLatin1String(name)].toVariant().toString();
}

QString urlOf(const QJsonObject &summary)
{
    const QString query = text(summary, "query");
    return text(summary, "host") + text(summary, "path")
        + (query.isEmpty() ? QString() : QLatin1Char('?') + query);
}

} // namespace

OverviewTab::OverviewTab(QWidget *parent) : DetailTab(parent), m_area(new ScrollColumn(this))
{
    m_area->setAccessibleName(tr("Overview"));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_area);
}

OverviewTab::~OverviewTab() = default;

bool OverviewTab::showExchange(const client::ExchangeDetail &detail)
{
    QVBoxLayout &column = *m_area->restart();
    addHeadline(column, detail);
    addRequestLine(column, detail);
    addPills(column, detail);
    addLimits(column, detail);
    if (!detail.steps.empty()) {
        QFrame *const frame = card(this);
        auto *const inner = new QVBoxLayout(frame);
        inner->setContentsMargins(12, 12, 12, 12);
        auto *const bars = new StageBars(frame);
        bars->setRows(timingRows(detail), detail.durationUs);
        inner->addWidget(label(tr("WHERE THE TIME WENT"), "section", frame));
        inner->addWidget(bars);
        column.addWidget(frame);
    }
    addFacts(column, detail);
    column.addStretch();
    return true;
}

void OverviewTab::addHeadline(QVBoxLayout &column, const client::ExchangeDetail &detail)
{
    const Decision decision =
        filter::decisionFrom(text(detail.summary, "decision")).value_or(Decision::Open);
    auto *const row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(new GlyphLabel(decisionGlyph(decision), tintOf(decision), 28, this), 0,
                   Qt::AlignTop);
    auto *const words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(paragraph(detail.sentence, "title", this));
    if (!detail.advice.isEmpty())
        words->addWidget(paragraph(detail.advice, "second", this));
    row->addLayout(words, 1);
    column.addLayout(row);
}

void OverviewTab::addRequestLine(QVBoxLayout &column, const client::ExchangeDetail &detail)
{
    const QString method = text(detail.summary, "method");
    const int status = detail.summary["status"].toInt();
    QFrame *const frame = card(this);
    auto *const row = new QHBoxLayout(frame);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    const auto colored = [frame](const QString &word, const QColor &color) {
        QLabel *const made = dataLabel(word, frame);
        QFont font = type::data(13, QFont::DemiBold);
        made->setFont(font);
        made->setStyleSheet(QStringLiteral("color: %1").arg(color.name()));
        return made;
    };
    row->addWidget(colored(method, Theme::current().method(method)), 0, Qt::AlignTop);
    QLabel *const url = dataLabel(urlOf(detail.summary), frame);
    // Long addresses break anywhere: they have no spaces.
    url->setText(url->text().replace(QLatin1Char('/'), QStringLiteral("/\u200B")));
    url->setWordWrap(true);
    row->addWidget(url, 1);
    row->addWidget(colored(status > 0 ? QString::number(status) : tr("no answer"),
                           Theme::current().status(status)),
                   0, Qt::AlignTop);
    column.addWidget(frame);
}

void OverviewTab::addPill(QLayout &row, const QString &words, const Jump &jump)
{
    auto *const pill = new Pill(words, Token::Link, std::nullopt, this);
    pill->setLink(true);
    connect(pill, &Pill::clicked, this, [this, jump] { Q_EMIT jumpWanted(jump); });
    row.addWidget(pill);
}

void OverviewTab::addPills(QVBoxLayout &column, const client::ExchangeDetail &detail)
{
    auto *const row = new FlowLayout(8);
    const QString route = text(detail.summary, "route");
    const QString limit = text(detail.summary, "limit");
    const QString upstream = text(detail.summary, "upstream");
    if (!route.isEmpty())
        addPill(*row, tr("route %1").arg(route), {"routes", {{"route", route}}});
    if (!limit.isEmpty())
        addPill(*row, tr("limit %1").arg(limit),
                {"limits", {{"limit", limit}, {"key", text(detail.summary, "key")}}});
    if (!upstream.isEmpty())
        addPill(*row, tr("upstream %1").arg(upstream), {"upstreams", {{"upstream", upstream}}});
    if (detail.revision > 0) {
        addPill(*row,
                detail.isRevisionCurrent ? tr("revision r%1").arg(detail.revision)
                                         : tr("revision r%1, changed since").arg(detail.revision),
                {"routes", {{"revision", detail.revision}}});
    }
    column.addLayout(row);
}

void OverviewTab::addLimits(QVBoxLayout &column, const client::ExchangeDetail &detail)
{
    if (detail.limits.empty())
        return;
    QFrame *const frame = card(this);
    auto *const inner = new QVBoxLayout(frame);
    inner->setContentsMargins(12, 12, 12, 12);
    inner->setSpacing(6);
    inner->addWidget(label(tr("LIMITS"), "section", frame));
    for (const client::LimitStep &limit : detail.limits) {
        auto *const row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(new GlyphLabel(limit.isDenied ? Glyph::Limited : Glyph::Ok,
                                      limit.isDenied ? Token::Warn : Token::Ok, 16, frame),
                       0, Qt::AlignTop);
        QString words = tr("%1: %2 of %3 left, was %4")
                            .arg(limit.limit)
                            .arg(std::max<qint64>(0, limit.after))
                            .arg(limit.limitValue)
                            .arg(std::max<qint64>(0, limit.before));
        if (!limit.key.isEmpty())
            words += tr("; key %1").arg(limit.key);
        if (limit.isDenied && limit.retryAfterSeconds > 0)
            words += tr("; next passes in %1")
                         .arg(durationQuantity(qint64(limit.retryAfterSeconds * 1e9)).text());
        row->addWidget(paragraph(words, "plain", frame), 1);
        inner->addLayout(row);
    }
    column.addWidget(frame);
}

void OverviewTab::addFacts(QVBoxLayout &column, const client::ExchangeDetail &detail)
{
    const QJsonObject &summary = detail.summary;
    const auto micros = [&](const char *name) {
        return durationQuantity(summary[QLatin1String(name)].toInteger() * 1000).text();
    };
    const QDateTime time = QDateTime::fromString(text(summary, "time"), Qt::ISODateWithMs);
    const std::pair<QString, QString> facts[] = {
        {tr("Time"), time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"))},
        {tr("Duration"), durationQuantity(detail.durationUs * 1000).text()},
        {tr("First byte"), micros("ttfb_us")},
        {tr("Answer"),
         sizeQuantity(summary["size"].toInteger()).text() + QStringLiteral("  ")
             + text(summary, "type")},
        {tr("Request body"), sizeQuantity(summary["request_size"].toInteger()).text()},
        {tr("Client"), text(summary, "client")},
        {tr("Instance"), text(summary, "target")},
        {tr("Protocol"), text(summary, "protocol")},
        {tr("Cache"), text(summary, "cache")},
        {tr("Request id"), detail.requestId},
        {tr("Note"), detail.note},
    };
    QFrame *const frame = card(this);
    auto *const grid = new QGridLayout(frame);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[name, value] : facts) {
        if (value.trimmed().isEmpty())
            continue;
        grid->addWidget(label(name, "second", frame), row, 0, Qt::AlignTop);
        QLabel *const shown = dataLabel(value, frame);
        shown->setWordWrap(true);
        grid->addWidget(shown, row++, 1);
    }
    column.addWidget(frame);
}

} // namespace gatehouse::ui
