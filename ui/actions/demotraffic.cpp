// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/demotraffic.h"

namespace gatehouse::ui {

namespace {

struct Sample
{
    const char *method;
    const char *target;
    const char *body;
    bool hasKey;
};

/// A round of them shows every route, and trips the limit now and then.
constexpr Sample samples[] = {
    {"GET", "/hello/world", "", false},
    {"GET", "/api/users/7", "", false},
    {"GET", "/limited", "", false},
    {"GET", "/slow", "", false},
    {"POST", "/api/orders", R"({"item":"lamp","count":2,"password":"hunter2"})", false},
    {"GET", "/flaky", "", false},
    {"GET", "/limited", "", false},
    {"GET", "/orders/42", "", false},
    {"GET", "/orders/42", "", true},
    {"GET", "/limited?page=2", "", false},
    {"GET", "/nothing/here", "", false},
    {"GET", "/flaky", "", false},
    {"GET", "/v0/things?sort=name", "", false},
    {"GET", "/limited", "", false},
    {"PUT", "/api/users/7", R"({"name":"Ada"})", false},
    {"GET", "/events", "", false},
    {"GET", "/api/search?q=gate", "", false},
};

} // namespace

DemoTraffic::DemoTraffic(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &DemoTraffic::sendNext);
}

DemoTraffic::~DemoTraffic() = default;

void DemoTraffic::start(const QString &url)
{
    m_url = url;
    if (m_isOver || url.isEmpty() || isRunning())
        return;
    m_timer.start();
    sendNext();
    Q_EMIT runningChanged(true);
}

void DemoTraffic::stop()
{
    if (!isRunning())
        return;
    m_timer.stop();
    m_sender.cancelAll();
    Q_EMIT runningChanged(false);
}

void DemoTraffic::end()
{
    m_isOver = true;
    stop();
}

void DemoTraffic::sendNext()
{
    const Sample &sample = samples[m_next++ % std::size(samples)];
    client::OutgoingRequest request;
    request.method = sample.method;
    request.url = QUrl(m_url + QLatin1String(sample.target));
    request.body = sample.body;
    request.tag = "demo";
    if (*sample.body)
        request.headers.emplace_back("Content-Type", "application/json");
    if (sample.hasKey)
        request.headers.emplace_back("X-Api-Key", "demo-key");
    // What comes of it is in the list.
    m_sender.send(request, this, [](const Result<client::IncomingAnswer> &) {});
}

} // namespace gatehouse::ui
