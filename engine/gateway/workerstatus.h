// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string>
#include <vector>

namespace gatehouse::gateway {

/// What a worker says of itself; summed by the gateway.
struct WorkerStatus
{
    struct Instance
    {
        std::string service;
        std::string url;
        quint64 requests = 0;
        quint64 failures = 0;
        quint64 connects = 0;
        quint64 reused = 0;
        qint64 active = 0;
        qint64 idle = 0;
        bool isEjected = false;
    };
    struct Listener
    {
        std::string name;
        quint64 accepted = 0;
        quint64 refused = 0;
        quint64 malformed = 0;
        quint64 timedOut = 0;
        qint64 connections = 0;
        qint64 active = 0;
    };
    std::vector<Instance> instances;
    std::vector<Listener> listeners;
};

/// Adds \a other to \a sum: numbers by instance and listener; an instance is out if it is for any.
void mergeStatus(WorkerStatus &sum, const WorkerStatus &other);

} // namespace gatehouse::gateway
