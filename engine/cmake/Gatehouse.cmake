# SPDX-License-Identifier: GPL-3.0-or-later
# Who may use whom, directly. The table is data: read by gatehouse_add_module() and by
# tests/lint/lint.cmake. It restates the module list of architecture.md; change both together.
set(GATEHOUSE_MAY_USE_core "")
set(GATEHOUSE_MAY_USE_crypto core)
set(GATEHOUSE_MAY_USE_filter core)
set(GATEHOUSE_MAY_USE_client core filter)
set(GATEHOUSE_MAY_USE_net core)
set(GATEHOUSE_MAY_USE_http core)
set(GATEHOUSE_MAY_USE_relay core net http)
set(GATEHOUSE_MAY_USE_config core)
set(GATEHOUSE_MAY_USE_state core config net)
set(GATEHOUSE_MAY_USE_limits core state)
set(GATEHOUSE_MAY_USE_auth core crypto http config state)
set(GATEHOUSE_MAY_USE_cache core http)
set(GATEHOUSE_MAY_USE_observe core filter http config net)
set(GATEHOUSE_MAY_USE_discovery core config net http)
set(GATEHOUSE_MAY_USE_routing core http config)
set(GATEHOUSE_MAY_USE_upstream core net http config relay observe discovery)
set(GATEHOUSE_MAY_USE_middleware core crypto net http config state limits auth cache observe)
set(GATEHOUSE_MAY_USE_frontend core net http config relay observe)
set(GATEHOUSE_MAY_USE_gateway
    core crypto filter net http config state limits auth cache relay observe discovery routing
    upstream middleware frontend)
set(GATEHOUSE_MAY_USE_admin ${GATEHOUSE_MAY_USE_gateway} gateway client)

# The folders beside engine/ follow the same rule.
set(GATEHOUSE_MAY_USE_ui core filter client)
set(GATEHOUSE_MAY_USE_app core crypto filter config observe gateway admin client ui)
set(GATEHOUSE_MAY_USE_tests ${GATEHOUSE_MAY_USE_admin} admin ui)

# gatehouse_add_module(<name> SOURCES <file>... [USES <module>...] [LINK <target>...])
# Makes engine/<name> the library Gatehouse::<name>. USES are modules of the table; LINK is for
# what comes from outside, Qt6::Network for example.
function(gatehouse_add_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LINK")
    if(NOT DEFINED GATEHOUSE_MAY_USE_${name})
        message(FATAL_ERROR "engine/${name} is not in the table of Gatehouse.cmake")
    endif()
    foreach(other IN LISTS arg_USES)
        if(NOT other IN_LIST GATEHOUSE_MAY_USE_${name})
            message(FATAL_ERROR "engine/${name} may not use engine/${other}")
        endif()
    endforeach()
    list(TRANSFORM arg_USES PREPEND "Gatehouse::")
    add_library(gatehouse_${name} STATIC ${arg_SOURCES})
    add_library(Gatehouse::${name} ALIAS gatehouse_${name})
    target_include_directories(gatehouse_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(gatehouse_${name} PUBLIC Qt6::Core ${arg_USES} ${arg_LINK})
endfunction()

# gatehouse_add_test(<name> [USES <module>...] [LINK <target>...] [TIMEOUT <seconds>]):
# builds and registers the Qt Test <name>.cpp of the current folder.
function(gatehouse_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "USES;LINK")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 180)
    endif()
    list(TRANSFORM arg_USES PREPEND "Gatehouse::")
    add_executable(${name} ${name}.cpp)
    target_link_libraries(${name} PRIVATE Qt6::Test ${arg_USES} ${arg_LINK})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;GATEHOUSE_SOURCE_DIR=${PROJECT_SOURCE_DIR};GATEHOUSE_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
endfunction()
