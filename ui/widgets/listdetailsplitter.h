// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace gatehouse::ui {

/// A list and what is selected in it: side by side 58 to 42, below each other where the window is
/// narrow. Draws a line of 1 px and can be grabbed over 7.
class ListDetailSplitter : public QSplitter
{
    Q_OBJECT

public:
    static constexpr int narrow = 1100; ///< px of the window at a scale of 100 %

    explicit ListDetailSplitter(QWidget *parent = nullptr);
    ~ListDetailSplitter() override;

    /// Back to 58 to 42.
    void resetShares();

protected:
    void resizeEvent(QResizeEvent *event) override;
    [[nodiscard]] QSplitterHandle *createHandle() override;

private:
    bool m_isShared = false; ///< the shares have been given once
};

} // namespace gatehouse::ui
