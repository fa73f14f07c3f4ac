// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace gatehouse::ui {

/// A combo box with a chevron of our own: a style sheet could only take one from an image file.
class Picker : public QComboBox
{
    Q_OBJECT

public:
    /// \a name is what a screen reader says.
    explicit Picker(const QString &name, QWidget *parent = nullptr);
    ~Picker() override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::ui
