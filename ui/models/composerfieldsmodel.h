// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composerenvironment.h"
#include "ui/models/composerrequest.h"

#include <QAbstractTableModel>

namespace gatehouse::ui {

/// Names and values that are edited in place: headers, parameters, form fields. The last row is
/// always empty; to write into it makes a field. The name carries the check box.
class ComposerFieldsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };
    static constexpr int mostFields = 1000;

    explicit ComposerFieldsModel(QObject *parent = nullptr);
    ~ComposerFieldsModel() override;

    /// Does not emit edited().
    void setFields(const ComposerFields &fields);
    [[nodiscard]] const ComposerFields &fields() const { return m_fields; }
    /// For marking variables without a value.
    void setEnvironment(const ComposerEnvironment &environment);
    /// Values of credentials show as dots until they are edited.
    void setMasked(bool on);
    [[nodiscard]] bool isMasked() const { return m_isMasked; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

Q_SIGNALS:
    /// The user has changed something.
    void edited();

private:
    [[nodiscard]] bool isNewRow(int row) const { return row == int(m_fields.size()); }
    [[nodiscard]] QVariant textOf(const QModelIndex &index, const QString &text, int role) const;
    bool addField(const QModelIndex &index, const QString &text);

    ComposerFields m_fields;
    ComposerEnvironment m_environment;
    bool m_isMasked = false;
};

} // namespace gatehouse::ui
