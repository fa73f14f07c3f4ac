# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings are errors, Qt is used in its strict dialect, and fast tools are used where they exist.
option(GATEHOUSE_SANITIZED "Leave out the pools that would hide errors from the sanitizers" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 sees uninitialized members in moved-from optionals and shared pointers at -O1 and -O2.
    add_compile_options(-Wno-maybe-uninitialized)
endif()
add_compile_definitions(
    GATEHOUSE_VERSION="${PROJECT_VERSION}"
    QT_NO_KEYWORDS
    QT_NO_FOREACH
    QT_NO_CAST_TO_ASCII
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # libstdc++ 12 uses its own deprecated std::get_temporary_buffer() in std::stable_sort().
    add_compile_options(-Wno-deprecated-declarations)
endif()
if(GATEHOUSE_SANITIZED)
    add_compile_definitions(GATEHOUSE_SANITIZED)
endif()

find_program(GATEHOUSE_CCACHE ccache)
if(GATEHOUSE_CCACHE)
    # Precompiled headers (ui/) are cached only if ccache may trust their defines and times.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros ${GATEHOUSE_CCACHE})
endif()
find_program(GATEHOUSE_MOLD mold)
if(GATEHOUSE_MOLD)
    add_link_options(-fuse-ld=mold)
endif()
