// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/theme.h"

#include <array>

namespace gatehouse::ui {

namespace {

using Row = std::array<QRgb, 3>; // light, dark, contrast

constexpr std::array<Row, tokenCount> tokens{{
    {0xFFFFFF, 0x15191F, 0x000000}, // Base
    {0xF5F6F8, 0x1B2027, 0x000000}, // Panel
    {0xEBEEF2, 0x222831, 0x0A0A0A}, // Chrome
    {0xE9EEF6, 0x262E39, 0x1F1F1F}, // Hover
    {0xDCE8FC, 0x1F3A63, 0x00296B}, // Selected
    {0xFFF3CC, 0x3A3214, 0x3A3000}, // Highlight
    {0xFFE9BF, 0x4A3510, 0x4A2F00}, // Held
    {0xD3D9E1, 0x323A45, 0xFFFFFF}, // Line
    {0x748091, 0x8390A0, 0xFFFFFF}, // LineStrong
    {0x1A222C, 0xE6EAF0, 0xFFFFFF}, // Text
    {0x44505F, 0xB7C0CC, 0xF0F0F0}, // Text2
    {0x56616F, 0x9EA9B6, 0xDADADA}, // Text3
    {0x1A54C4, 0x8AB6FF, 0x9CCBFF}, // Link
    {0x14653A, 0x6FD597, 0x7CF2A8}, // Ok
    {0x2F4FB8, 0x9DB8FF, 0xBFD0FF}, // Redirect
    {0x7A4A00, 0xF2B84B, 0xFFD23F}, // Warn
    {0xB3211C, 0xFF9A92, 0xFFB3AD}, // Error
    {0x0B5A80, 0x6CCBEF, 0x7FE3FF}, // Info
    {0x6335A0, 0xC6A6F7, 0xDEC8FF}, // Put
    {0xA61C70, 0xF59CCB, 0xFFBDE0}, // Patch
    {0x1F5BCF, 0x8AB6FF, 0xFFE600}, // Accent
    {0xFFFFFF, 0x0E1726, 0x000000}, // OnAccent
}};

constexpr std::array<Row, filter::familyCount> stages{{
    {0x748195, 0xAEB6C1, 0xBCC4CE}, // Accept
    {0x4B22B4, 0xA98AF8, 0xCFBBFF}, // Route
    {0x7D5A00, 0xFFC233, 0xFFC91A}, // Auth
    {0xB01450, 0xE8618F, 0xFF7096}, // Limit
    {0x0B6B5E, 0x86E3D2, 0x9BFFEA}, // Transform
    {0x0A84AE, 0x7FD4F5, 0x35B0EA}, // Cache
    {0xDA5A10, 0xFFA05C, 0xFF8A3A}, // Balance
    {0x1E9638, 0x2E9E63, 0x6FDC74}, // Upstream
    {0x2A72F0, 0x4F7DF5, 0x5E93FF}, // Body
    {0x917C6A, 0xB59B7E, 0xD8C2B0}, // Plugin
}};

Theme::Kind inForce = Theme::Kind::Light;

} // namespace

const Theme &Theme::of(Kind kind)
{
    static const Theme themes[] = {Theme(Kind::Light), Theme(Kind::Dark), Theme(Kind::Contrast)};
    return themes[int(kind)];
}

const Theme &Theme::current()
{
    return of(inForce);
}

void Theme::setCurrent(Kind kind)
{
    inForce = kind;
}

QColor Theme::color(Token token) const
{
    return QColor::fromRgb(tokens[std::size_t(token)][std::size_t(m_kind)]);
}

QColor Theme::stage(filter::Family family) const
{
    return QColor::fromRgb(stages[std::size_t(family)][std::size_t(m_kind)]);
}

QColor Theme::method(const QString &name) const
{
    static const std::pair<const char *, Token> colors[] = {
        {"GET", Token::Link},     {"HEAD", Token::Link},   {"POST", Token::Warn},
        {"PUT", Token::Put},      {"PATCH", Token::Patch}, {"DELETE", Token::Error},
        {"OPTIONS", Token::Info},
    };
    for (const auto &[method, token] : colors) {
        if (name == QLatin1String(method))
            return color(token);
    }
    return color(Token::Text2);
}

QColor Theme::status(int code) const
{
    static constexpr Token classes[] = {Token::Text3,    Token::Info, Token::Ok,
                                        Token::Redirect, Token::Warn, Token::Error};
    return color(code >= 100 && code < 600 ? classes[code / 100] : Token::Text3);
}

QColor Theme::decision(filter::Decision decision) const
{
    using filter::Decision;
    switch (decision) {
    case Decision::Open:
        return color(Token::Text3);
    case Decision::Passed:
        return color(Token::Ok);
    case Decision::Limited:
    case Decision::Unmatched:
        return color(Token::Warn);
    case Decision::Denied:
    case Decision::Failed:
        return color(Token::Error);
    case Decision::Cached:
    case Decision::Mocked:
        return color(Token::Info);
    case Decision::Circuit:
        break;
    }
    return color(Token::Patch);
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) {
        palette.setColor(QPalette::All, role, color(token));
    };
    set(QPalette::Window, Token::Panel);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Base);
    set(QPalette::AlternateBase, Token::Panel);
    set(QPalette::Text, Token::Text);
    set(QPalette::PlaceholderText, Token::Text3);
    set(QPalette::Button, Token::Chrome);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::Error);
    set(QPalette::ToolTipBase, Token::Chrome);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Highlight, Token::Selected);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Link, Token::Link);
    set(QPalette::LinkVisited, Token::Put);
    set(QPalette::Light, Token::Base);
    set(QPalette::Midlight, Token::Hover);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Dark, Token::LineStrong);
    set(QPalette::Shadow, Token::LineStrong);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Token::Text3));
    return palette;
}

QString themeName(Theme::Kind kind)
{
    static const char *const names[] = {"light", "dark", "contrast"};
    return QLatin1String(names[int(kind)]);
}

} // namespace gatehouse::ui
