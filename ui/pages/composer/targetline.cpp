// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/targetline.h"

#include "ui/models/curlcommand.h"
#include "ui/settings/type.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>

namespace gatehouse::ui {

TargetLine::TargetLine(QWidget *parent) : FilterLine(parent)
{
    setFont(type::data());
    setAccessibleName(tr("URL"));
    setPlaceholderText(tr("/path?query, a whole URL, or paste a curl command"));
    setMaxLength(64 * 1024);
    connect(this, &QLineEdit::textEdited, this, &TargetLine::onEdited);
}

TargetLine::~TargetLine() = default;

void TargetLine::keyPressEvent(QKeyEvent *event)
{
    // Before the line break of a command becomes a blank.
    if (event->matches(QKeySequence::Paste) && isCurlCommand(QApplication::clipboard()->text())) {
        Q_EMIT curlPasted(QApplication::clipboard()->text());
        return;
    }
    FilterLine::keyPressEvent(event);
}

void TargetLine::onEdited(const QString &text)
{
    // Pasted by a menu or the mouse; typed ones are short when they begin to be one.
    if (!isCurlCommand(text) || text.size() < 12)
        return;
    const QString whole = QApplication::clipboard()->text();
    undo();
    Q_EMIT curlPasted(isCurlCommand(whole) ? whole : text);
}

} // namespace gatehouse::ui
