// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routes/routetryline.h"

#include "engine/client/adminapi.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/settings/type.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

RouteTryLine::RouteTryLine(client::AdminApi &api, RouteDraft &draft, Shortcuts &shortcuts,
                           QWidget *parent)
    : QWidget(parent)
    , m_api(api)
    , m_draft(draft)
    , m_line(new QLineEdit(this))
    , m_clear(new QToolButton(this))
    , m_glyph(new GlyphLabel(Glyph::Ok, Token::Ok, 16, this))
    , m_sentence(label({}, "second", this))
    , m_action(shortcuts.make(QStringLiteral("route.explain"), this))
{
    m_line->setFont(type::data());
    m_line->setPlaceholderText(tr("Try a request on the draft: POST /v1/orders Host: api.local"));
    m_line->setAccessibleName(tr("Request to try"));
    m_line->setMaxLength(16'384);
    m_clear->setIcon(icon(Glyph::Close));
    m_clear->setAccessibleName(tr("End the try"));
    m_clear->setToolTip(m_clear->accessibleName());
    auto *const asking = new QPushButton(tr("Explain"), this);
    asking->setAccessibleName(tr("Explain the request"));
    asking->setToolTip(m_action->toolTip());
    auto *const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->addWidget(m_line, 0, 0, 1, 2);
    grid->addWidget(asking, 0, 2);
    grid->addWidget(m_clear, 0, 3);
    grid->addWidget(m_glyph, 1, 0);
    grid->addWidget(m_sentence, 1, 1, 1, 3);
    grid->setColumnStretch(1, 1);
    for (QWidget *const widget : {static_cast<QWidget *>(m_glyph), static_cast<QWidget *>(m_clear),
                                  static_cast<QWidget *>(m_sentence)})
        widget->hide();

    m_again.setSingleShot(true);
    m_again.setInterval(RouteDraft::checkDelay);
    connect(&m_again, &QTimer::timeout, this, &RouteTryLine::askNow);
    connect(&draft, &RouteDraft::textChanged, this, [this] {
        if (!m_clear->isHidden())
            m_again.start();
    });
    connect(m_line, &QLineEdit::returnPressed, this, &RouteTryLine::askNow);
    connect(asking, &QPushButton::clicked, this, &RouteTryLine::askNow);
    connect(m_clear, &QToolButton::clicked, this, &RouteTryLine::clear);
    connect(m_action, &QAction::triggered, this, [this] {
        Q_EMIT wanted();
        m_line->setFocus();
        m_line->selectAll();
    });
}

RouteTryLine::~RouteTryLine() = default;

void RouteTryLine::ask(const QString &request)
{
    m_line->setText(request);
    askNow();
}

void RouteTryLine::clear()
{
    ++m_job;
    m_again.stop();
    m_line->clear();
    for (QWidget *const widget : {static_cast<QWidget *>(m_glyph), static_cast<QWidget *>(m_clear),
                                  static_cast<QWidget *>(m_sentence)})
        widget->hide();
    Q_EMIT answered(std::nullopt);
}

QString RouteTryLine::sentence() const
{
    return m_sentence->text();
}

void RouteTryLine::say(bool isGood, const QString &sentence)
{
    m_glyph->setGlyph(isGood ? Glyph::Ok : Glyph::Unmatched, isGood ? Token::Ok : Token::Warn);
    m_sentence->setText(sentence);
    m_glyph->show();
    m_sentence->show();
    m_clear->show();
    m_line->setAccessibleDescription(sentence);
    QAccessibleEvent event(m_line, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void RouteTryLine::askNow()
{
    if (m_line->text().trimmed().isEmpty()) {
        clear();
        return;
    }
    const int job = ++m_job;
    Result<QJsonObject> question = tryQuestion(m_line->text());
    if (!question) {
        say(false, question.error().message());
        Q_EMIT answered(std::nullopt);
        return;
    }
    if (m_draft.isLoaded())
        question->insert("config", m_draft.text());
    m_api.call(client::Op::Explain, {}, *question, this,
               [this, job](const Result<QJsonObject> &answer) {
                   if (job == m_job)
                       take(answer);
               });
}

void RouteTryLine::take(const Result<QJsonObject> &answer)
{
    if (!answer) {
        say(false, answer.error().message());
        Q_EMIT answered(std::nullopt);
        return;
    }
    const TryAnswer found = TryAnswer::from(*answer);
    say(!found.winner.isEmpty(), found.sentence);
    Q_EMIT answered(found);
}

} // namespace gatehouse::ui
