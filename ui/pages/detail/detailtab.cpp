// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/detail/detailtab.h"

namespace gatehouse::ui {

DetailTab::~DetailTab() = default;

} // namespace gatehouse::ui
