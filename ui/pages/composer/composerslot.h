// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerrequest.h"

#include <QWidget>

#include <functional>

namespace gatehouse::ui {

class ComposerTab;

/// A place for a ComposerTab, which is made when it is first looked at: the start of the window
/// need not wait for thirty of them.
class ComposerSlot : public QWidget
{
    Q_OBJECT

public:
    /// Makes the tab, as a child of the slot.
    using Maker = std::function<ComposerTab *(const ComposerRequest &request, QWidget *slot)>;

    ComposerSlot(ComposerRequest request, Maker make, QWidget *parent = nullptr);
    ~ComposerSlot() override;

    [[nodiscard]] ComposerTab &tab();
    /// As it is now.
    [[nodiscard]] ComposerRequest request() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    ComposerRequest m_request; ///< of a tab that is not there yet
    Maker m_make;
    ComposerTab *m_tab = nullptr;
};

} // namespace gatehouse::ui
