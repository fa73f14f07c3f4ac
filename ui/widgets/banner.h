// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace gatehouse::ui {

class GlyphLabel;

/// A state of the whole window that somebody should act on: engine ended, file changed outside.
class Banner : public QFrame
{
    Q_OBJECT

public:
    enum class Mood { Info, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);
    ~Banner() override;

    /// \a details are lines of data below the sentence, such as the last ones of a log.
    void say(Mood mood, const QString &title, const QString &sentence,
             const QStringList &details = {});
    QPushButton *addButton(const QString &text);
    void clearButtons();
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString sentence() const;

private:
    GlyphLabel *m_glyph;
    QLabel *m_title;
    QLabel *m_sentence;
    QLabel *m_details;
    QHBoxLayout *m_buttons;
};

} // namespace gatehouse::ui
