// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace gatehouse::ui {

/// Lays JSON out over lines, two spaces per level, while it comes in. Tokens stay as they are, so
/// what is no valid JSON is shown all the same, and problem() says where it ends to be valid.
class JsonLayout
{
public:
    static constexpr int mostLevels = 512; ///< deeper text is not indented further

    /// Appends to \a out what \a bytes become. Any thread, one at a time.
    void feed(QByteArrayView bytes, QByteArray &out);
    /// Says so if the text ended within a value.
    void finish();
    /// "byte 412: a \"]\" closes what a \"{\" opened"; empty if brackets and strings match.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    void open(char bracket, QByteArray &out);
    void close(char bracket, QByteArray &out);
    void lineBreak(QByteArray &out) const;
    void say(const QString &what);

    QByteArray m_open; ///< the brackets that are open
    QString m_problem;
    qint64 m_at = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_justOpened = false;
};

} // namespace gatehouse::ui
