// SPDX-License-Identifier: GPL-3.0-or-later
// bench_startup [CONFIG]: from the start of the process until the window is painted, the engine
// answers, and the first rows are there. One run each; run it some times.
#include "ui/pages/traffic/trafficpage.h"
#include "ui/settings/preferences.h"
#include "ui/workbench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>

#include <unistd.h>

using namespace gatehouse;

namespace {

/// Milliseconds since the kernel has made this process.
double age()
{
    QFile file("/proc/self/stat");
    (void)file.open(QIODevice::ReadOnly);
    const QByteArray stat = file.readAll();
    const double begun = stat.mid(stat.lastIndexOf(')') + 2).split(' ').at(19).toDouble()
        / double(::sysconf(_SC_CLK_TCK));
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - begun) * 1e3;
}

class FirstPaint final : public QObject
{
public:
    double at = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && at == 0)
            QMetaObject::invokeMethod(this, [this] { at = age(); }, Qt::QueuedConnection);
        return false;
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
    ui::Preferences preferences(folder.filePath("w.ini"));
    ui::Workbench workbench(preferences);
    FirstPaint paint;
    workbench.window().installEventFilter(&paint);
    workbench.window().show();
    double engine = 0;
    QObject::connect(&workbench.session(), &ui::EngineSession::attached, &app,
                     [&engine] { engine = age(); });
    workbench.session().open(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    QElapsedTimer patience;
    patience.start();
    while (workbench.traffic().store().size() == 0 && patience.elapsed() < 10'000)
        app.processEvents(QEventLoop::WaitForMoreEvents, 10);
    std::printf(
        "window %.0f ms, engine %.0f ms, first row %.0f ms after the start of the process\n",
        paint.at, engine, age());
    return 0;
}
