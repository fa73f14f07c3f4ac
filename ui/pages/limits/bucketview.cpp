// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/limits/bucketview.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {

constexpr qint64 mostUnits = 60; ///< drawn one by one; more become a level

QColor color(Token token)
{
    return Theme::current().color(token);
}

void text(QPainter &painter, const QRectF &area, int flags, const QString &words, Token token,
          int size = 11)
{
    painter.setFont(type::words(size));
    painter.setPen(color(token));
    painter.drawText(area, flags, words);
}

} // namespace

BucketView::BucketView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("State of the key"));
    setMinimumHeight(type::px(160));
    setMaximumHeight(type::px(260));
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

BucketView::~BucketView() = default;

QSize BucketView::sizeHint() const
{
    return {type::px(320), type::px(220)};
}

void BucketView::setKey(const LimitInfo &limit, const std::optional<LimitKeyInfo> &key)
{
    m_limit = limit;
    m_key = key;
    setAccessibleDescription(sentence());
    update();
}

qint64 BucketView::capacity() const
{
    return std::max<qint64>(m_limit.capacity, 1);
}

qint64 BucketView::used() const
{
    return m_key ? std::clamp<qint64>(capacity() - m_key->remaining, 0, capacity()) : 0;
}

double BucketView::level() const
{
    return 1 - double(used()) / double(capacity());
}

/// What time does to the key.
QString BucketView::timeWords() const
{
    const double each = m_limit.limit > 0 ? m_limit.windowSeconds / double(m_limit.limit) : 0;
    switch (m_limit.algorithm) {
    case LimitAlgorithm::TokenBucket:
        return used() == 0 ? tr("full; a token comes every %1").arg(secondsText(each))
                           : tr("a token comes every %1, full in %2")
                                 .arg(secondsText(each), secondsText(m_key->resetSeconds));
    case LimitAlgorithm::LeakyBucket:
        return used() == 0 ? tr("empty; one leaves every %1").arg(secondsText(each))
                           : tr("one leaves every %1, empty in %2")
                                 .arg(secondsText(each), secondsText(m_key->resetSeconds));
    case LimitAlgorithm::Concurrency:
        return tr("each ends with its request");
    case LimitAlgorithm::SlidingWindow:
        return used() == 0 ? tr("nothing counts any more") : slideWords();
    default:
        return m_key->resetSeconds <= 0
            ? tr("no window runs: the next request begins one of %1")
                  .arg(secondsText(m_limit.windowSeconds))
            : tr("the window ends in %1").arg(secondsText(m_key->resetSeconds));
    }
}

QString BucketView::slideWords() const
{
    const QString end = tr("everything is forgotten in %1").arg(secondsText(m_key->resetSeconds));
    if (!m_key->windows)
        return end;
    return tr("%1 in this window, %2 in the one before, which counts %3 %; %4")
        .arg(groupedNumber(m_key->windows->current), groupedNumber(m_key->windows->previous))
        .arg(std::lround(100 * (1 - elapsed() / window())))
        .arg(end);
}

double BucketView::window() const
{
    return std::max(m_limit.windowSeconds, 0.001);
}

/// Of the present window.
double BucketView::elapsed() const
{
    const double reset = m_key->resetSeconds;
    if (m_key->windows)
        return std::clamp(m_key->windows->elapsedSeconds, 0.0, window());
    // Until all is forgotten: two windows less what has passed, or one if this one is empty.
    return std::clamp(reset > window() ? 2 * window() - reset : window() - reset, 0.0, window());
}

QString BucketView::sentence() const
{
    if (!m_key)
        return tr("Choose a key to see what it has left.");
    if (m_key->isBlocked)
        return (m_key->isByHand ? tr("%1 is blocked by hand for %2 more.")
                                : tr("%1 is blocked for %2 more."))
            .arg(m_key->key, secondsText(m_key->blockedSeconds));
    return tr("%1 has %2 of %3 left; %4.")
        .arg(m_key->key, groupedNumber(m_key->remaining), groupedNumber(m_limit.capacity),
             timeWords());
}

void BucketView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF whole = QRectF(rect()).adjusted(12, 8, -12, -8);
    if (!m_key) {
        text(painter, whole, Qt::AlignCenter | Qt::TextWordWrap, sentence(), Token::Text2, 13);
        return;
    }
    paintFocus(painter);
    const QRectF &area = whole;
    switch (m_limit.algorithm) {
    case LimitAlgorithm::TokenBucket:
        paintBucket(painter, area);
        break;
    case LimitAlgorithm::SlidingWindow:
        paintSlide(painter, area);
        break;
    case LimitAlgorithm::LeakyBucket:
        paintQueue(painter, area);
        break;
    case LimitAlgorithm::Concurrency:
        paintSlots(painter, area);
        break;
    default:
        paintWindow(painter, area);
        break;
    }
    if (m_key->isBlocked)
        paintBlock(painter, area);
}

void BucketView::paintFocus(QPainter &painter) const
{
    if (!hasFocus())
        return;
    painter.setPen(QPen(color(Token::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
}

void BucketView::paintBucket(QPainter &painter, const QRectF &area) const
{
    const double width = std::min(area.width() * 0.5, double(type::px(150)));
    const QRectF box(area.center().x() - width / 2, area.top() + 14, width, area.height() - 22);
    const double slope = width * 0.10;
    QPainterPath bucket(box.topLeft());
    bucket.lineTo(box.left() + slope, box.bottom());
    bucket.lineTo(box.right() - slope, box.bottom());
    bucket.lineTo(box.topRight());
    painter.setPen(Qt::NoPen);
    painter.save();
    painter.setClipPath(bucket);
    painter.fillRect(box, color(Token::Panel));
    const QRectF fill(box.left(), box.bottom() - box.height() * level(), width,
                      box.height() * level());
    painter.fillRect(fill, Theme::current().stage(filter::Family::Body));
    painter.restore();
    painter.setPen(color(Token::LineStrong));
    for (qint64 i = 1; i < capacity() && capacity() <= 20; ++i) { // a mark for each token
        const double y = box.bottom() - box.height() * double(i) / double(capacity());
        const double inset = slope * (y - box.top()) / box.height();
        painter.drawLine(QPointF(box.left() + inset, y), QPointF(box.left() + inset + 8, y));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color(Token::LineStrong), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(bucket);
    const QRectF right(box.right() + 10, box.top(), area.right() - box.right() - 10, box.height());
    text(painter, right, Qt::AlignLeft | Qt::AlignTop, groupedNumber(capacity()), Token::Text3);
    text(painter, right, Qt::AlignLeft | Qt::AlignBottom, QStringLiteral("0"), Token::Text3);
    painter.setFont(type::data(20, QFont::DemiBold));
    painter.setPen(color(Token::Text));
    const QRectF left(area.left(), box.top(), box.left() - area.left() - 12, box.height());
    painter.drawText(left, Qt::AlignRight | Qt::AlignVCenter, groupedNumber(m_key->remaining));
    text(painter, left.adjusted(0, type::px(40), 0, 0), Qt::AlignRight | Qt::AlignVCenter,
         tr("left"), Token::Text2);
}

/// Used units solid, free ones as outlines; as one bar if there are too many.
void BucketView::paintUnits(QPainter &painter, const QRectF &area) const
{
    const QColor fill = Theme::current().stage(filter::Family::Limit);
    painter.setPen(QPen(color(Token::LineStrong), 1));
    if (capacity() > mostUnits) {
        painter.setBrush(color(Token::Panel));
        painter.drawRect(area);
        painter.fillRect(
            QRectF(area.topLeft(), QSizeF(area.width() * (1 - level()), area.height())), fill);
        return;
    }
    const double pitch = area.width() / double(std::max<qint64>(capacity(), 5));
    const double side = std::min({pitch - 4, area.height(), double(type::px(34))});
    const double begin = area.center().x() - (pitch * double(capacity())) / 2;
    for (qint64 i = 0; i < capacity(); ++i) {
        const QRectF unit(begin + pitch * double(i) + (pitch - side) / 2,
                          area.center().y() - side / 2, side, side);
        painter.setBrush(i < used() ? fill : color(Token::Base));
        painter.drawRoundedRect(unit, 3, 3);
    }
}

void BucketView::paintTime(QPainter &painter, const QRectF &bar, double share,
                           const QString &words) const
{
    painter.setPen(QPen(color(Token::LineStrong), 1));
    painter.setBrush(color(Token::Panel));
    painter.drawRoundedRect(bar, 3, 3);
    QColor passed = color(Token::Accent);
    passed.setAlphaF(0.35F);
    painter.fillRect(
        QRectF(bar.topLeft(), QSizeF(bar.width() * std::clamp(share, 0.0, 1.0), bar.height())),
        passed);
    text(painter, bar.adjusted(0, bar.height() + 2, 0, type::px(18)),
         Qt::AlignHCenter | Qt::AlignTop, words, Token::Text3);
}

void BucketView::paintWindow(QPainter &painter, const QRectF &area) const
{
    text(painter, area, Qt::AlignHCenter | Qt::AlignTop,
         tr("%1 of %2 used in this window").arg(groupedNumber(used()), groupedNumber(capacity())),
         Token::Text, 13);
    paintUnits(painter, area.adjusted(0, area.height() * 0.2, 0, -area.height() * 0.45));
    const double window = std::max(m_limit.windowSeconds, 0.001);
    const double left = m_key->isBlocked ? 0 : m_key->resetSeconds;
    const QRectF bar(area.left() + 8, area.bottom() - area.height() * 0.32, area.width() - 16,
                     type::px(12));
    paintTime(painter, bar, left > 0 ? 1 - left / window : 0,
              tr("window of %1").arg(secondsWords(window)));
}

void BucketView::paintSlide(QPainter &painter, const QRectF &area) const
{
    const double passed = elapsed();
    const double weight = 1 - passed / window();
    const auto share = [this](qint64 count) {
        return std::clamp(double(count) / double(capacity()), 0.0, 1.0);
    };
    const double previous = m_key->windows ? share(m_key->windows->previous) : 1;
    const double current = m_key->windows ? share(m_key->windows->current) : 1 - level();
    text(painter, area, Qt::AlignHCenter | Qt::AlignTop,
         tr("%1 of %2 count now").arg(groupedNumber(used()), groupedNumber(capacity())),
         Token::Text, 13);
    const double top = area.top() + type::px(26);
    const double height = std::max(area.height() - type::px(48), 20.0);
    const double half = (area.width() - 16) / 2;
    const QRectF before(area.left() + 8, top, half, height);
    const QRectF now(before.right(), top, half, height);
    painter.setPen(QPen(color(Token::LineStrong), 1));
    painter.setBrush(color(Token::Panel));
    painter.drawRect(before);
    painter.drawRect(now);
    QColor fill = Theme::current().stage(filter::Family::Limit);
    // What of the window before still counts, hatched: it fades as this window goes on.
    const QRectF counted(before.left() + before.width() * (1 - weight),
                         before.bottom() - before.height() * previous, before.width() * weight,
                         before.height() * previous);
    painter.fillRect(counted, QBrush(fill, Qt::BDiagPattern));
    painter.fillRect(QRectF(now.left(), now.bottom() - now.height() * current,
                            now.width() * passed / window(), now.height() * current),
                     fill);
    painter.setPen(QPen(color(Token::Text), 2));
    const double x = now.left() + now.width() * passed / window();
    painter.drawLine(QPointF(x, top - 4), QPointF(x, top + height + 4));
    if (m_key->windows) {
        const int in = Qt::AlignHCenter | Qt::AlignTop;
        text(painter, before.adjusted(4, 4, -4, 0), in, groupedNumber(m_key->windows->previous),
             Token::Text, 13);
        text(painter, now.adjusted(4, 4, -4, 0), in, groupedNumber(m_key->windows->current),
             Token::Text, 13);
    }
    text(painter, before.adjusted(0, height + 4, 0, type::px(20)), Qt::AlignHCenter | Qt::AlignTop,
         tr("before: counts %1 %").arg(std::lround(weight * 100)), Token::Text3);
    text(painter, now.adjusted(0, height + 4, 0, type::px(20)), Qt::AlignHCenter | Qt::AlignTop,
         tr("now: %1 of %2").arg(secondsText(passed), secondsWords(window())), Token::Text3);
}

void BucketView::paintQueue(QPainter &painter, const QRectF &area) const
{
    text(painter, area, Qt::AlignHCenter | Qt::AlignTop,
         tr("%1 of %2 places in the queue taken")
             .arg(groupedNumber(used()), groupedNumber(capacity())),
         Token::Text, 13);
    const QRectF row = area.adjusted(30, area.height() * 0.3, -30, -area.height() * 0.25);
    paintUnits(painter, row);
    const int side = type::px(20); // where they leave, and where they come in
    paintGlyph(painter, QRectF(area.left() + 4, row.center().y() - side / 2.0, side, side),
               Glyph::Back, color(Token::Text2));
    paintGlyph(painter, QRectF(area.right() - side - 4, row.center().y() - side / 2.0, side, side),
               Glyph::Back, color(Token::Text2));
}

void BucketView::paintSlots(QPainter &painter, const QRectF &area) const
{
    text(painter, area, Qt::AlignHCenter | Qt::AlignTop,
         tr("%1 of %2 under way").arg(groupedNumber(used()), groupedNumber(capacity())),
         Token::Text, 13);
    paintUnits(painter, area.adjusted(8, area.height() * 0.3, -8, -area.height() * 0.2));
}

void BucketView::paintBlock(QPainter &painter, const QRectF &area) const
{
    QColor veil = color(Token::Base);
    veil.setAlphaF(0.82F);
    painter.fillRect(area, veil);
    painter.fillRect(area, QBrush(color(Token::Line), Qt::BDiagPattern));
    const double height = type::px(m_key->isByHand ? 92 : 76);
    const QRectF box(area.left() + area.width() * 0.04, area.center().y() - height / 2,
                     area.width() * 0.92, height);
    painter.setPen(QPen(color(Token::Error), 1));
    painter.setBrush(color(Token::Base));
    painter.drawRoundedRect(box, 4, 4);
    const int side = type::px(20);
    paintGlyph(painter, QRectF(box.left() + 12, box.top() + 12, side, side), Glyph::Lock,
               color(Token::Error));
    text(painter, box.adjusted(side + 20, 8, -8, -box.height() / 2),
         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
         (m_key->isByHand ? tr("Blocked by hand for %1") : tr("Blocked for %1"))
             .arg(secondsText(m_key->blockedSeconds)),
         Token::Error, m_key->isByHand ? 13 : 15);
    const QRectF bar(box.left() + 12, box.bottom() - 32, box.width() - 24, type::px(8));
    if (m_key->isByHand) { // nobody knows any more how long it was meant to be
        text(painter, bar.adjusted(0, -10, 0, 14),
             Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
             tr("What it has left stays as it is beneath."), Token::Text2);
        return;
    }
    const double whole = std::max(
        m_limit.penaltySeconds
            + (m_limit.algorithm == LimitAlgorithm::PenaltyWindow ? m_limit.windowSeconds : 0),
        m_key->blockedSeconds);
    paintTime(painter, bar, whole > 0 ? 1 - m_key->blockedSeconds / whole : 0,
              tr("of at most %1").arg(secondsWords(whole)));
}

} // namespace gatehouse::ui
