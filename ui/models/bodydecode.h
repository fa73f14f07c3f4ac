// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/textsource.h"

#include <functional>

namespace gatehouse::ui {

/// A body without its content codings, as far as they could be taken off.
struct DecodedBody
{
    TextSourcePtr source;
    /// What could not be done, as a sentence; empty if all went well. A cut or broken body shows
    /// what came before the break.
    QString problem;
};

/// Takes off the codings that \a encoding names (RFC 9110, section 8.4): gzip, x-gzip and deflate
/// (with or without its zlib header). Others are shown as received, and the sentence says so.
/// Stops after \a mostBytes of output, or when \a goesOn says no. Any thread.
[[nodiscard]] DecodedBody decodeBody(const TextSourcePtr &source, const QString &encoding,
                                     qint64 mostBytes, const std::function<bool()> &goesOn);

} // namespace gatehouse::ui
