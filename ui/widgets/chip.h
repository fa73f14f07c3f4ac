// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace gatehouse::ui {

/// A mode that is not the usual one, in the status bar, with a cross that ends it.
class Chip : public QFrame
{
    Q_OBJECT

public:
    /// \a ending says what the cross does: "Resume the list".
    Chip(Glyph glyph, const QString &text, const QString &ending, QWidget *parent = nullptr);
    ~Chip() override;

    void setText(const QString &text);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void ended();

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *m_label;
    QToolButton *m_cross;
};

} // namespace gatehouse::ui
