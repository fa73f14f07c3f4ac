// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace gatehouse::test {

/// Walks the accessible tree below \a root: what can have the focus and has no name, by class and
/// place. What is hidden counts too, since it will be shown.
[[nodiscard]] QStringList unnamed(QWidget &root);

} // namespace gatehouse::test
