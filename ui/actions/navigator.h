// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariant>

#include <vector>

namespace gatehouse::ui {

/// A page, and what to show on it: a route by name, a place in the file, an exchange by seq.
struct Jump
{
    QString page;
    QVariantMap target;
    bool operator==(const Jump &) const = default;
};

/// How pages lead to each other without knowing each other, with a way back and forward.
class Navigator : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t mostSteps = 100;

    explicit Navigator(QObject *parent = nullptr);
    ~Navigator() override;

    /// Goes on from the current place; what lay ahead is forgotten.
    void go(const Jump &jump);
    /// What the current page shows now, for the way back. Moves nowhere.
    void setHere(const QVariantMap &target);
    void back();
    void forward();
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_steps.size(); }
    [[nodiscard]] Jump current() const { return m_steps.empty() ? Jump() : m_steps[m_at]; }

Q_SIGNALS:
    void jumped(const gatehouse::ui::Jump &jump);

private:
    std::vector<Jump> m_steps;
    std::size_t m_at = 0;
};

} // namespace gatehouse::ui
