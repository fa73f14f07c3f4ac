# SPDX-License-Identifier: GPL-3.0-or-later
# Every external package, with its purpose. packaging/deps lists the Debian names.
find_package(Qt6 6.4 REQUIRED COMPONENTS
    Core       # event loop, threads, signals, files
    Network    # address vocabulary, name resolution
    HttpServer # admin API only: it has no body limits, so never the data plane
    WebSockets # live feed of the admin API
    Sql        # capture files (SQLite)
    Widgets    # workbench; the engine never links it
    Test)
find_package(OpenSSL 3.0 REQUIRED)                       # signatures, digests, random numbers
find_package(PkgConfig REQUIRED)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis) # Redis protocol
pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8) # patterns of filters
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash) # hashing of keys with a seed
find_package(yaml-cpp 0.7 REQUIRED)                     # configuration, with source marks
find_package(ZLIB REQUIRED)                             # compressed bodies, shown as text
find_package(CLI11 2.1 REQUIRED)                        # command line with sub-commands
find_package(prometheus-cpp REQUIRED COMPONENTS core) # text exposition of metrics
