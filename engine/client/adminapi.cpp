// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/adminapi.h"

namespace gatehouse::client {

AdminApi::~AdminApi() = default;

} // namespace gatehouse::client
