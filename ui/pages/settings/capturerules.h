// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QJsonArray>

#include <vector>

namespace gatehouse::ui {

/// What is kept of exchanges that a filter accepts. The first rule that fits decides.
struct CaptureRule
{
    QString when;
    QString keep = QStringLiteral("all"); ///< all, head or nothing
    qint64 bodyCap = -1;                  ///< bytes; -1: the usual one
    bool operator==(const CaptureRule &) const = default;
};

/// The rules, edited in place.
class CaptureRules : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, Keep, BodyCap, ColumnCount };
    static constexpr std::size_t mostRules = 100;

    explicit CaptureRules(QObject *parent = nullptr);
    ~CaptureRules() override;

    /// Of the answer of Op::Recording.
    void setRules(const QJsonArray &rules);
    [[nodiscard]] QJsonArray toJson() const;
    [[nodiscard]] const std::vector<CaptureRule> &rules() const { return m_rules; }
    void addRule();
    /// -1 up, 1 down: the order decides.
    void move(int row, int by);
    /// What is wrong with a rule; empty if nothing is.
    [[nodiscard]] QString problem(int row) const;
    /// The first problem, with the number of its rule.
    [[nodiscard]] QString firstProblem() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

Q_SIGNALS:
    void edited();

private:
    std::vector<CaptureRule> m_rules;
};

} // namespace gatehouse::ui
