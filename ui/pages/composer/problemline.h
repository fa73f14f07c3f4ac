// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

class QLabel;

namespace gatehouse::ui {

class GlyphLabel;

/// A sentence with a glyph at the place that it is about; not there while it is empty.
class ProblemLine : public QWidget
{
    Q_OBJECT

public:
    enum class Mood { Error, Warning, Info };

    explicit ProblemLine(QWidget *parent = nullptr);
    ~ProblemLine() override;

    void say(Mood mood, const QString &sentence);
    void clear() { say(Mood::Info, {}); }
    [[nodiscard]] QString sentence() const;

private:
    GlyphLabel *m_glyph;
    QLabel *m_label;
};

} // namespace gatehouse::ui
