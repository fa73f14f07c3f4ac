// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawclient.h"
#include "ui/pages/traffic/listpane.h"
#include "ui/pages/traffic/trafficpage.h"
#include "ui/settings/preferences.h"
#include "ui/workbench.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

namespace gatehouse::test {

/// The workbench with the real engine behind it, in a folder of its own.
class RealWorkbench
{
public:
    RealWorkbench()
    {
        preferences = std::make_unique<ui::Preferences>(folder.filePath("w.ini"));
        preferences->engineProgram.set(qEnvironmentVariable("GATEHOUSE_BIN_DIR") + "/gatehouse");
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        qputenv("XDG_CACHE_HOME", folder.filePath("cache").toLocal8Bit());
    }

    /// False if the engine does not run within 15 s.
    bool start(const QByteArray &yaml)
    {
        workbench = std::make_unique<ui::Workbench>(*preferences);
        workbench->window().show();
        workbench->session().open(yaml.isEmpty() ? QString() : write(yaml));
        return QTest::qWaitFor([this] { return isRunning(); }, 15'000);
    }
    [[nodiscard]] bool isRunning() const
    {
        return workbench->session().process().state() == ui::EngineProcess::State::Running;
    }
    QString write(const QByteArray &text)
    {
        QFile out(file());
        if (!out.open(QIODevice::WriteOnly))
            qFatal("cannot write the configuration");
        out.write(text);
        return out.fileName();
    }
    [[nodiscard]] QString file() const { return folder.filePath("gatehouse.yaml"); }
    [[nodiscard]] QByteArray text() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    [[nodiscard]] ui::TrafficPage &traffic() const { return workbench->traffic(); }
    [[nodiscard]] ui::TrafficView &list() const
    {
        return traffic().findChild<ui::ListPane *>()->view();
    }
    [[nodiscard]] quint16 port() const
    {
        const QStringList listeners = workbench->session().process().ready()->listeners;
        return listeners.value(0).section(':', -1).toUShort();
    }
    /// Those that the demo listens on, whoever else runs on this machine.
    [[nodiscard]] static bool hasDemoPorts()
    {
        return std::ranges::all_of(std::array<quint16, 2>{8080, 8081}, [](quint16 port) {
            return QTcpServer().listen(QHostAddress::LocalHost, port);
        });
    }
    /// Gives the status of the answer.
    int request(const QByteArray &path) const
    {
        RawClient client(port());
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        return statusOf(client.readResponse());
    }
    /// Everything that labels in \a widget say.
    [[nodiscard]] static QString texts(const QWidget &widget)
    {
        QStringList texts;
        for (const QLabel *const label : widget.findChildren<QLabel *>())
            texts << label->text();
        return texts.join(' ');
    }

    QTemporaryDir folder;
    std::unique_ptr<ui::Preferences> preferences;
    std::unique_ptr<ui::Workbench> workbench;
};

/// How long the event loop has stood still at most.
class LoopProbe
{
public:
    LoopProbe()
    {
        m_timer.setInterval(5);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = std::max(m_longest, m_since.isValid() ? m_since.elapsed() : 0);
            m_since.start();
        });
        m_timer.start();
    }
    [[nodiscard]] qint64 longest() const { return m_longest; } ///< ms

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

} // namespace gatehouse::test
