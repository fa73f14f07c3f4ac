// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"

#include <QWidget>

#include <optional>

namespace gatehouse::ui {

/// Draws how much a key has left, in the picture that fits the way its limit counts: a bucket, a
/// window of time, two windows with their weights, a queue, slots; over it, a penalty that runs.
/// sentence() says the same in words. Takes the focus, so that its context menu is reached by key.
class BucketView : public QWidget
{
    Q_OBJECT

public:
    explicit BucketView(QWidget *parent = nullptr);
    ~BucketView() override;

    void setKey(const LimitInfo &limit, const std::optional<LimitKeyInfo> &key);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintFocus(QPainter &painter) const;
    void paintBucket(QPainter &painter, const QRectF &area) const;
    void paintWindow(QPainter &painter, const QRectF &area) const;
    void paintSlide(QPainter &painter, const QRectF &area) const;
    void paintQueue(QPainter &painter, const QRectF &area) const;
    void paintSlots(QPainter &painter, const QRectF &area) const;
    void paintBlock(QPainter &painter, const QRectF &area) const;
    void paintTime(QPainter &painter, const QRectF &bar, double share, const QString &text) const;
    void paintUnits(QPainter &painter, const QRectF &area) const;
    [[nodiscard]] qint64 capacity() const;
    [[nodiscard]] qint64 used() const;
    [[nodiscard]] double level() const; ///< 0 to 1
    [[nodiscard]] QString timeWords() const;
    [[nodiscard]] QString slideWords() const;
    [[nodiscard]] double window() const;
    [[nodiscard]] double elapsed() const;

    LimitInfo m_limit;
    std::optional<LimitKeyInfo> m_key;
};

} // namespace gatehouse::ui
