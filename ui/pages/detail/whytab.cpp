// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/whytab.h"

#include "ui/models/units.h"
#include "ui/pages/detail/scrollcolumn.h"
#include "ui/settings/type.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stagebars.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace gatehouse::ui {

namespace {

struct VerdictLook
{
    Glyph glyph;
    Token tint;
};

VerdictLook lookOf(const QString &verdict)
{
    if (verdict == QLatin1String("passed"))
        return {Glyph::Ok, Token::Ok};
    if (verdict == QLatin1String("changed"))
        return {Glyph::Edit, Token::Info};
    if (verdict == QLatin1String("answered"))
        return {Glyph::Passed, Token::Warn};
    if (verdict == QLatin1String("failed"))
        return {Glyph::Failed, Token::Error};
    return {Glyph::More, Token::Text3};
}

QString factsText(const client::Step &step)
{
    QStringList parts;
    for (const auto &[name, value] : step.facts)
        parts << QStringLiteral("%1 = %2").arg(name, value);
    return parts.isEmpty() ? step.detail : parts.join(QStringLiteral("   "));
}

} // namespace

WhyTab::WhyTab(QWidget *parent) : DetailTab(parent), m_area(new ScrollColumn(this))
{
    m_area->setAccessibleName(tr("Why"));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_area);
}

WhyTab::~WhyTab() = default;

bool WhyTab::showExchange(const client::ExchangeDetail &detail)
{
    QVBoxLayout &column = *m_area->restart();
    column.addWidget(paragraph(detail.sentence, "headline", this));
    if (!detail.advice.isEmpty())
        column.addWidget(paragraph(detail.advice, "second", this));
    QFrame *const steps = card(this);
    auto *const list = new QVBoxLayout(steps);
    list->setContentsMargins(12, 4, 12, 4);
    list->setSpacing(0);
    const int shown = std::min(mostSteps, int(detail.steps.size()));
    for (int i = 0; i < shown; ++i)
        list->addWidget(stepCard(detail.steps[std::size_t(i)], i + 1 == shown));
    steps->setVisible(shown > 0);
    column.addWidget(steps);
    if (shown < int(detail.steps.size()))
        column.addWidget(label(tr("%1 more steps").arg(int(detail.steps.size()) - shown), "muted"));
    if (!detail.nearMisses.empty()) {
        column.addWidget(label(tr("ROUTES THAT DID NOT MATCH"), "section", this));
        for (const client::NearMiss &miss : detail.nearMisses)
            column.addWidget(missCard(miss));
        if (detail.moreMisses > 0)
            column.addWidget(label(tr("and %1 more").arg(detail.moreMisses), "muted", this));
    }
    column.addStretch();
    return !detail.steps.empty() || !detail.nearMisses.empty();
}

void WhyTab::addPlace(QLayout &row, const client::Place &place)
{
    if (!place.isKnown())
        return;
    auto *const link = new QPushButton(place.text(), this);
    link->setProperty("kind", "link");
    link->setCursor(Qt::PointingHandCursor);
    link->setToolTip(tr("Open this line of the configuration"));
    link->setAccessibleName(tr("Open %1").arg(place.text()));
    connect(link, &QPushButton::clicked, this, [this, place] { Q_EMIT openPlace(place); });
    row.addWidget(link);
}

QWidget *WhyTab::stepCard(const client::Step &step, bool isLast)
{
    auto *const frame = new QWidget(this);
    const VerdictLook look = lookOf(step.verdict);
    auto *const row = new QHBoxLayout(frame);
    row->setContentsMargins(0, 8, 0, isLast ? 8 : 0);
    row->setSpacing(12);
    row->addWidget(new GlyphLabel(look.glyph, look.tint, 18, frame), 0, Qt::AlignTop);
    auto *const words = new QVBoxLayout;
    words->setSpacing(2);
    auto *const head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(label(shortStage(step.stage), "strong", frame));
    head->addWidget(label(step.verdict, "muted", frame));
    head->addStretch();
    addPlace(*head, step.place);
    QLabel *const time = dataLabel(durationQuantity((step.end - step.begin) * 1000).text(), frame);
    time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    time->setMinimumWidth(type::px(64));
    head->addWidget(time);
    words->addLayout(head);
    if (!step.sentence.isEmpty())
        words->addWidget(paragraph(step.sentence, "plain", frame));
    if (const QString facts = factsText(step); !facts.isEmpty()) {
        QLabel *const data = paragraph(facts, "muted", frame);
        data->setFont(type::data(11));
        words->addWidget(data);
    }
    if (!isLast) {
        auto *const line = new QWidget(frame);
        line->setFixedHeight(1);
        line->setAutoFillBackground(true);
        line->setBackgroundRole(QPalette::Mid);
        words->addSpacing(6);
        words->addWidget(line);
    }
    row->addLayout(words, 1);
    return frame;
}

QWidget *WhyTab::missCard(const client::NearMiss &miss)
{
    QFrame *const frame = card(this);
    auto *const row = new QHBoxLayout(frame);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    row->addWidget(new GlyphLabel(Glyph::Unmatched, Token::Text3, 18, frame), 0, Qt::AlignTop);
    auto *const words = new QVBoxLayout;
    words->setSpacing(2);
    auto *const head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(label(miss.route, "strong", frame));
    head->addWidget(dataLabel(miss.pattern, frame));
    head->addStretch();
    addPlace(*head, miss.place);
    words->addLayout(head);
    words->addWidget(paragraph(miss.why, "second", frame));
    row->addLayout(words, 1);
    return frame;
}

} // namespace gatehouse::ui
