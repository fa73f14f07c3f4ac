// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include "ui/widgets/iconpaths.h"
#include "ui/widgets/pathdata.h"

#include <QIconEngine>
#include <QPainter>

#include <vector>

namespace gatehouse::ui {

namespace {

constexpr double grid = 24;
constexpr double stroke = 1.75;

std::vector<QPainterPath> parsed()
{
    std::vector<QPainterPath> paths;
    for (int i = 0; i < glyphCount; ++i) {
        const auto path = pathFromData(QLatin1String(glyphData(Glyph(i))));
        if (!path)
            qFatal("glyph %d has no valid path", i);
        paths.push_back(*path);
    }
    return paths;
}

class Engine final : public QIconEngine
{
public:
    Engine(Glyph glyph, std::optional<Token> tint) : m_glyph(glyph), m_tint(tint) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintGlyph(*painter, rect, m_glyph, color(mode));
    }

    // Not cached: the theme may change between two calls, and drawing takes microseconds.
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintGlyph(painter, QRectF(QPointF(), size), m_glyph, color(mode));
        return pixmap;
    }

    QIconEngine *clone() const override { return new Engine(m_glyph, m_tint); }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const
    {
        const Theme &theme = Theme::current();
        if (mode == QIcon::Disabled)
            return theme.color(Token::Text3);
        return theme.color(m_tint.value_or(Token::Text));
    }

    Glyph m_glyph;
    std::optional<Token> m_tint;
};

} // namespace

const QPainterPath &glyphPath(Glyph glyph)
{
    static const std::vector<QPainterPath> paths = parsed();
    return paths[std::size_t(glyph)];
}

Glyph decisionGlyph(filter::Decision decision)
{
    static_assert(int(Glyph::Failed) - int(Glyph::Waiting) + 1 == filter::decisionCount);
    return Glyph(int(Glyph::Waiting) + int(decision)); // same order
}

void paintGlyph(QPainter &painter, const QRectF &rect, Glyph glyph, const QColor &color)
{
    const double side = std::min(rect.width(), rect.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    painter.scale(side / grid, side / grid);
    painter.setPen(QPen(color, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(glyphPath(glyph));
    painter.restore();
}

QIcon icon(Glyph glyph)
{
    return QIcon(new Engine(glyph, std::nullopt));
}

QIcon icon(Glyph glyph, Token tint)
{
    return QIcon(new Engine(glyph, tint));
}

} // namespace gatehouse::ui
