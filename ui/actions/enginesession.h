// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/apiswitch.h"
#include "ui/actions/attachment.h"
#include "ui/actions/capturefolder.h"
#include "ui/actions/engineprocess.h"

#include <functional>
#include <memory>

namespace gatehouse::ui {

class MainWindow;
class Preferences;

/// Connects a window with an engine of its own, or with one that runs elsewhere.
class EngineSession : public QObject
{
    Q_OBJECT

public:
    /// Makes the way to an engine.
    using Connector = std::function<std::unique_ptr<client::AdminApi>(const Attachment &)>;

    /// Nothing is owned; all must outlive the session.
    EngineSession(MainWindow &window, Preferences &preferences, ApiSwitch &api, Connector connector,
                  QObject *parent = nullptr);
    ~EngineSession() override;

    /// Runs the configuration that was used last, or the demo.
    void run();
    /// Runs \a file; empty: the demo.
    void open(const QString &file);
    void attach(const QString &address, const QString &tokenFile);
    /// Shows \a file; no gateway runs meanwhile.
    void openCapture(const QString &file);
    /// Empty if there is none.
    [[nodiscard]] QString lastCapture() const { return m_captures.last(); }
    /// False if the engine runs on another machine.
    [[nodiscard]] bool isLocal() const { return m_isLocal; }
    [[nodiscard]] const EngineProcess &process() const { return m_process; }

Q_SIGNALS:
    /// An engine answers at \a attachment from now on: for the live feed.
    void attached(const gatehouse::ui::Attachment &attachment);
    void detached();

private:
    void onStateChanged();
    void connectTo(const Attachment &attachment);
    void connectToChild();
    void showCapture();
    bool runWithoutCapture();

    MainWindow &m_window;
    Preferences &m_preferences;
    ApiSwitch &m_api;
    Connector m_connector;
    bool m_isLocal = true;
    CaptureFolder m_captures; // tidied up when the engine has ended
    EngineProcess m_process;
};

} // namespace gatehouse::ui
