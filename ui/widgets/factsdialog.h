// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <utility>
#include <vector>

namespace gatehouse::ui {

/// What a picture shows, as names and values that can be read, copied and heard. Deletes itself
/// when it is closed.
class FactsDialog : public QDialog
{
    Q_OBJECT

public:
    FactsDialog(const QString &title, const std::vector<std::pair<QString, QString>> &facts,
                QWidget *parent);
    ~FactsDialog() override;
};

} // namespace gatehouse::ui
