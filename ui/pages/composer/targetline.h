// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/filterline.h"

namespace gatehouse::ui {

/// The line for path, query or a whole URL. A curl command that is pasted into it is not its text.
class TargetLine : public FilterLine
{
    Q_OBJECT

public:
    explicit TargetLine(QWidget *parent = nullptr);
    ~TargetLine() override;

Q_SIGNALS:
    void curlPasted(const QString &command);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void onEdited(const QString &text);
};

} // namespace gatehouse::ui
