// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <fstream>
#include <string>

namespace gatehouse::test {

/// Resident memory of process \a pid in KiB.
inline qint64 residentKiB(qint64 pid)
{
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string word;
    while (status >> word) {
        qint64 value = 0;
        if (word == "VmRSS:" && status >> value)
            return value;
    }
    return 0;
}

} // namespace gatehouse::test
