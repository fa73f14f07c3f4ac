// SPDX-License-Identifier: GPL-3.0-or-later
// How long a large JSON body takes to its first screen and to its whole index, as many lines and as
// a single one, and the longest time for which the event loop did not turn.
#include "ui/widgets/textview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QTimer>

#include <cstdio>

using namespace gatehouse::ui;

namespace {

QByteArray json(qint64 bytes, const char *separator)
{
    QByteArray text = "[";
    text.reserve(bytes + 200);
    for (int i = 0; text.size() < bytes; ++i) {
        text += QStringLiteral(R"({"id":%1,"name":"item %1","price":%2.95,"tags":["a","b"]},)")
                    .arg(i)
                    .arg(i % 100)
                    .toUtf8();
        text += separator;
    }
    return text + "null]";
}

// The longest pause between two turns of the event loop.
class Probe : public QObject
{
public:
    Probe()
    {
        startTimer(0);
        m_clock.start();
    }
    double longestMs = 0;

protected:
    void timerEvent(QTimerEvent *) override
    {
        longestMs = std::max(longestMs, double(m_clock.nsecsElapsed()) / 1e6);
        m_clock.start();
    }

private:
    QElapsedTimer m_clock;
};

void measure(const char *what, const QByteArray &text)
{
    TextView view;
    view.resize(700, 800);
    view.show();
    QApplication::processEvents();
    Probe probe;
    QElapsedTimer clock;
    clock.start();
    view.setSource(memorySource(text), TextLook::Json);
    while (view.rowCount() == 0)
        QApplication::processEvents();
    view.repaint();
    const double first = double(clock.nsecsElapsed()) / 1e6;
    while (!view.isIndexed())
        QApplication::processEvents();
    const double whole = double(clock.nsecsElapsed()) / 1e6;
    double worst = 0;
    for (int i = 0; i <= 60; ++i) {
        QElapsedTimer jump;
        jump.start();
        QScrollBar *const bar = view.verticalScrollBar();
        bar->setValue(int(double(bar->maximum()) * i / 60));
        view.repaint();
        worst = std::max(worst, double(jump.nsecsElapsed()) / 1e6);
        QApplication::processEvents();
    }
    std::printf("{\"case\":\"%s\",\"megabytes\":%.1f,\"first_screen_ms\":%.1f,\"index_ms\":%.1f,"
                "\"slowest_jump_ms\":%.1f,\"longest_pause_ms\":%.1f}\n",
                what, double(text.size()) / 1e6, first, whole, worst, probe.longestMs);
}

void printMachine()
{
    QFile info(QStringLiteral("/proc/cpuinfo"));
    if (!info.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : info.readAll().split('\n')) {
        if (line.startsWith("model name")) {
            std::fprintf(stderr, "%s, Qt %s\n", line.mid(line.indexOf(':') + 2).constData(),
                         qVersion());
            return;
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const qint64 bytes = (argc > 1 ? QByteArray(argv[1]).toLongLong() : 100) * 1'000'000;
    printMachine();
    measure("many lines", json(bytes, "\n"));
    measure("a single line", json(bytes, ""));
    return 0;
}
