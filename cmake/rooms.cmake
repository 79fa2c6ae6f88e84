# How every room is compiled: one library per room, warnings are errors, headers named from the repository's root.

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()
# GCC 12 believes that moved variants, and Boost under a sanitizer, are read uninitialised; they aren't.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-maybe-uninitialized)
endif()
if(VENUE_SANITIZE)
    add_compile_options(-fsanitize=${VENUE_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${VENUE_SANITIZE})
endif()

function(venue_room target)
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
endfunction()

find_package(Threads REQUIRED)
find_package(GTest QUIET)

# A test program of one room: venue_test(name LIBRARIES ... SOURCES ... [LABELS ...]).
function(venue_test name)
    cmake_parse_arguments(arg "" "" "LIBRARIES;SOURCES;LABELS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock GTest::gtest_main)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    # A test names only the fields that matter to it.
    target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers -Werror)
    add_test(NAME ${name} COMMAND ${name})
    if(arg_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
    endif()
endfunction()
