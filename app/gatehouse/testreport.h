// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gatehouse/testrunner.h"

namespace gatehouse::app {

/// For CI: one JUnit test suite (the XML that Jenkins and others read).
[[nodiscard]] QByteArray junitReport(const std::string &suite,
                                     const std::vector<TestResult> &results);
/// {passed, failed, tests: [{name, passed, failures, sentence, duration_us}]}.
[[nodiscard]] QByteArray jsonReport(const std::vector<TestResult> &results);
/// A line for people: "ok   orders needs a token", and what failed below it.
[[nodiscard]] std::string textLine(const TestResult &result);

} // namespace gatehouse::app
