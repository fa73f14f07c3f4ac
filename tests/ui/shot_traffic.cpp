// SPDX-License-Identifier: GPL-3.0-or-later
// shot_traffic FOLDER: pictures of the list with what stands around it, in every theme, for people
// to look at.
#include "tests/ui/demotraffic.h"
#include "ui/models/beforeafter.h"
#include "ui/models/timeseries.h"
#include "ui/models/trafficvocabulary.h"
#include "ui/settings/stylesheet.h"
#include "ui/settings/theme.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/latencylens.h"
#include "ui/widgets/revisioncompare.h"
#include "ui/widgets/timestrip.h"
#include "ui/widgets/trafficview.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

void shoot(Theme::Kind kind, const QString &file, const QString &filter, bool hasSelection)
{
    Theme::setCurrent(kind);
    QApplication::setPalette(Theme::current().palette());
    qApp->setStyleSheet(styleSheet(Theme::current()));
    TrafficStore store;
    TrafficModel model(store);
    FilterRunner runner(store, model);
    const TrafficVocabulary vocabulary(store);
    const TimeSeries series(store);
    QWidget window;
    FilterEdit edit;
    TrafficView view(model, runner);
    TimeStrip strip(series);
    LatencyLens lens;
    auto *const layout = new QVBoxLayout(&window);
    auto *const charts = new QHBoxLayout;
    layout->addWidget(&edit);
    layout->addWidget(&view, 1);
    layout->addLayout(charts);
    charts->addWidget(&strip, 3);
    charts->addWidget(&lens, 2);
    edit.setVocabulary(&vocabulary);
    QObject::connect(&edit, &FilterEdit::applied, &runner, &FilterRunner::setExpression);
    (void)view.rules().add(QStringLiteral("route:payments"));
    window.resize(1440, 820);
    window.show();
    store.add(test::demoTraffic(2000, 1'795'176'600'000'000'000));
    lens.setSample(LatencySample::of(store,
                                     kind == Theme::Kind::Dark ? LatencySample::Split::Route
                                                               : LatencySample::Split::None));
    edit.setText(filter, true);
    if (hasSelection)
        view.goTo(model.seqAt(model.rowCount() - 7));
    QApplication::processEvents();
    QApplication::processEvents();
    if (!window.grab().save(file))
        qFatal("cannot write %s", qPrintable(file));
}

void shootComparison(const QString &file)
{
    TrafficStore store;
    store.add(test::demoTraffic(4000, 1'795'176'600'000'000'000));
    auto *const dialog =
        new RevisionCompare(store, 42, BeforeAfter::beginOf(store, 42).value_or(0), nullptr);
    dialog->show();
    QApplication::processEvents();
    if (!dialog->grab().save(file))
        qFatal("cannot write %s", qPrintable(file));
    delete dialog;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QString folder = app.arguments().value(1, QStringLiteral("."));
    shoot(Theme::Kind::Light, folder + QStringLiteral("/traffic-light.png"),
          QStringLiteral("-route:health"), true);
    shoot(Theme::Kind::Dark, folder + QStringLiteral("/traffic-dark.png"), QString(), false);
    shootComparison(folder + QStringLiteral("/traffic-compare.png"));
    shoot(Theme::Kind::Contrast, folder + QStringLiteral("/traffic-contrast.png"),
          QStringLiteral("stauts:5xx"), true);
    return 0;
}
