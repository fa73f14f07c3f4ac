// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/stylesheet.h"

#include "ui/settings/type.h"

#include <QRegularExpression>

namespace gatehouse::ui {

namespace {

// $token is a colour, @13 a size in pixels at 100 %, %data the family of data.
constexpr const char *buttons = R"(
QPushButton { background: $base; color: $text; border: 1px solid $lineStrong; border-radius: 4px;
    padding: 0 @12; min-height: @24; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 0 @11; }
QPushButton:disabled { color: $text3; border-color: $line; background: $panel; }
QPushButton[kind="primary"] { background: $accent; color: $onAccent; border-color: $accent;
    font-weight: 600; }
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="primary"]:disabled { background: $panel; color: $text3; border-color: $line; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $link;
    padding: 0 @4; text-align: left; min-height: @16; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent;
    border-radius: 4px; padding: 0 @6; min-height: @24; min-width: @20; }
QToolButton:hover { background: $hover; border-color: $line; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 2px solid $accent; padding: 0 @5; }
QToolButton:disabled { color: $text3; }
QToolButton::menu-indicator { image: none; width: 0; }
QCheckBox, QRadioButton { spacing: @8; min-height: @24; color: $text; background: transparent; }
)";

constexpr const char *fields = R"(
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QTextEdit { background: $base; color: $text;
    border: 1px solid $lineStrong; border-radius: 4px; selection-background-color: $selected;
    selection-color: $text; }
QLineEdit, QComboBox, QSpinBox { min-height: @24; padding: 0 @8; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent; }
QLineEdit:disabled, QComboBox:disabled { color: $text3; background: $panel; border-color: $line; }
QComboBox { padding-right: @20; }
QComboBox::drop-down { border: none; width: @18; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $lineStrong;
    selection-background-color: $selected; selection-color: $text; outline: none; }
)";

constexpr const char *frames = R"(
QMainWindow, QDialog { background: $panel; }
QFrame[kind="card"] { background: $base; border: 1px solid $line; border-radius: 4px; }
QWidget[kind="chrome"] { background: $chrome; }
QWidget[kind="base"] { background: $base; }
QWidget[kind="panel"] { background: $panel; }
QLabel { background: transparent; color: $text; }
QLabel[kind="muted"] { color: $text3; }
QLabel[kind="second"] { color: $text2; }
QLabel[kind="title"] { font-size: @20; font-weight: 600; }
QLabel[kind="headline"] { font-size: @15; font-weight: 600; }
QLabel[kind="section"] { font-size: @11; font-weight: 600; color: $text2; }
QLabel[kind="error"] { color: $error; }
QLabel[kind="data"] { font-family: %data; }
QLabel[kind="small"] { color: $text2; font-size: @11; }
QLabel[kind="smalldata"] { color: $text2; font-size: @11; font-family: %data; }
QToolButton[kind="data"] { font-family: %data; }
QPushButton[kind="status"] { background: transparent; color: $link;
    border: 1px solid transparent; font-size: @11; padding: 0 @4; min-height: @18; }
QPushButton[kind="status"]:focus { border: 2px solid $accent; }
QFrame[kind="chip"] { background: $base; border: 1px solid $lineStrong; border-radius: 4px; }
QFrame[kind="chip"] QToolButton { min-height: @16; min-width: @16; padding: 0; border: none; }
QFrame[kind="chip"] QToolButton:focus { border: 2px solid $accent; padding: 0; }
QFrame[kind="toast"] { background: $chrome; border: 1px solid $lineStrong; border-radius: 4px; }
QFrame[kind="banner"] { background: $base; border: none; border-bottom: 1px solid $line; }
QLabel[kind="strong"] { font-weight: 600; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QToolTip { background: $chrome; color: $text; border: 1px solid $lineStrong; padding: 4px 8px; }
QScrollArea { background: transparent; border: none; }
)";

constexpr const char *menus = R"(
QMenuBar { background: $chrome; color: $text; padding: 0 4px; }
QMenuBar::item { padding: 4px @8; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selected; }
QMenu { background: $base; color: $text; border: 1px solid $lineStrong; padding: 4px 0; }
QMenu::item { padding: 4px @24 4px @12; min-height: @18; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: @8; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
)";

constexpr const char *views = R"(
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $text2; padding: 0 @10; min-height: @26;
    border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { background: $hover; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTreeView, QTableView, QListView { background: $base; color: $text; border: none; outline: none;
    selection-background-color: $selected; selection-color: $text; }
QTreeView::item, QListView::item { min-height: @22; padding: 0 4px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
    background: $selected; color: $text; }
QHeaderView { background: $base; }
QHeaderView::section { background: $base; color: $text2; border: none; font-weight: 500;
    border-bottom: 1px solid $line; padding: 0 4px; min-height: @26; }
QTableCornerButton::section { background: $base; border: none; border-bottom: 1px solid $line; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $lineStrong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $hover; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
)";

QString colorOf(const Theme &theme, const QString &name)
{
    static const std::pair<const char *, Token> names[] = {
        {"base", Token::Base},
        {"panel", Token::Panel},
        {"chrome", Token::Chrome},
        {"hover", Token::Hover},
        {"selected", Token::Selected},
        {"line", Token::Line},
        {"lineStrong", Token::LineStrong},
        {"text", Token::Text},
        {"text2", Token::Text2},
        {"text3", Token::Text3},
        {"link", Token::Link},
        {"error", Token::Error},
        {"accent", Token::Accent},
        {"onAccent", Token::OnAccent},
    };
    for (const auto &[word, token] : names) {
        if (name == QLatin1String(word))
            return theme.color(token).name();
    }
    qFatal("a style sheet names the unknown colour %s", qPrintable(name));
}

QString filled(QLatin1String text, const Theme &theme)
{
    static const QRegularExpression hole(QStringLiteral(R"(\$(\w+)|@(\d+)|%data)"));
    const QString source(text);
    QString out;
    qsizetype at = 0;
    for (auto it = hole.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        out += QStringView(source).mid(at, match.capturedStart() - at);
        if (match.capturedView() == QLatin1String("%data"))
            out += QLatin1Char('"') + type::data().family() + QLatin1Char('"');
        else
            out += match.hasCaptured(2)
                ? QStringLiteral("%1px").arg(type::px(match.capturedView(2).toInt()))
                : colorOf(theme, match.captured(1));
        at = match.capturedEnd();
    }
    return out + source.mid(at);
}

} // namespace

QString styleSheet(const Theme &theme)
{
    QString out;
    for (const char *part : {buttons, fields, frames, menus, views})
        out += filled(QLatin1String(part), theme);
    return out;
}

} // namespace gatehouse::ui
