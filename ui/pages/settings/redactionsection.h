// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/adminapi.h"
#include "ui/pages/settings/preferencesection.h"

#include <QTimer>

class QPlainTextEdit;

namespace gatehouse::ui {

class Preferences;

/// What is masked and where; what is pasted shows how the gateway would export it.
class RedactionSection : public PreferenceSection
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the section.
    RedactionSection(Preferences &preferences, client::AdminApi &api, QWidget *parent = nullptr);
    ~RedactionSection() override;

    [[nodiscard]] QPlainTextEdit *input() const { return m_input; }
    [[nodiscard]] QString preview() const;
    [[nodiscard]] QString sentence() const;

private:
    [[nodiscard]] QWidget *makePreview();
    void ask();

    client::AdminApi &m_api;
    QPlainTextEdit *m_input;
    QPlainTextEdit *m_output;
    QLabel *m_sentence;
    QTimer m_delay;
    quint64 m_asked = 0; ///< a late answer to an earlier text is dropped
};

} // namespace gatehouse::ui
