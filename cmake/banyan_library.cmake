# banyan_library(name DEPS libraries…): the folder it is called in becomes one static library, its
# *_test.cpp files one test program `<name>_test`. A new file is found by itself.
#
# ccache, a faster linker and one precompiled header for all keep a build on two cores short.
find_program(BANYAN_CCACHE ccache)
if(BANYAN_CCACHE)
  # __TIME__ appears nowhere, and the precompiled header is compared by what is in it.
  # Another clone of the same sources finds what this one compiled (no hash of the folder).
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${BANYAN_CCACHE})
endif()
find_program(BANYAN_MOLD mold)
if(BANYAN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(banyan_options INTERFACE)
target_include_directories(banyan_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(banyan_options INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
                       -Wno-missing-field-initializers)
target_link_libraries(banyan_options INTERFACE fmt::fmt Threads::Threads Boost::json)

# The precompiled header: what nearly every file of ours reads anyway.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "// carries the precompiled header\n")
add_library(banyan_precompiled STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(banyan_precompiled PUBLIC banyan_options)
target_compile_options(banyan_precompiled PRIVATE -fpch-preprocess)
target_precompile_headers(banyan_precompiled PRIVATE
  <algorithm> <array> <chrono> <cstdint> <expected> <functional> <map> <memory> <mutex> <optional> <span> <string>
  <string_view> <unordered_map> <utility> <variant> <vector> <fmt/core.h> <boost/json.hpp>)

function(banyan_use_precompiled target)
  target_precompile_headers(${target} REUSE_FROM banyan_precompiled)
  target_compile_options(${target} PRIVATE -fpch-preprocess)
endfunction()

function(banyan_library name)
  cmake_parse_arguments(ARG "" "" "DEPS;TEST_DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC banyan_options ${ARG_DEPS})
  banyan_use_precompiled(${name})
  if(tests)
    banyan_test(${name}_test LABEL unit SOURCES ${tests} DEPS ${name} ${ARG_TEST_DEPS})
  endif()
endfunction()

# The program and its measurements allocate with mimalloc (docs/decisions/0004): named by nobody, so the linker is told
# to keep it. The sanitizers have an allocator of their own.
function(banyan_use_allocator target)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_link_options(${target} PRIVATE LINKER:--push-state,--no-as-needed $<TARGET_FILE:mimalloc> LINKER:--pop-state)
  endif()
endfunction()

# banyan_test(name SOURCES … DEPS … [LABEL …]): a GoogleTest program, known to ctest as one test. Those labelled unit
# are built by the target unit_tests and run under the sanitizers too; those labelled slow only by ./test --all.
add_custom_target(unit_tests)

function(banyan_test name)
  if(NOT GTest_FOUND)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABEL" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} banyan_base_testing GTest::gtest GTest::gtest_main)
  banyan_use_precompiled(${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 LABELS "${ARG_LABEL}")
  if(unit IN_LIST ARG_LABEL)
    add_dependencies(unit_tests ${name})
  else()  # on the disk, as the program will be
    set_tests_properties(${name} PROPERTIES ENVIRONMENT BANYAN_TEST_MEMORY=)
  endif()
endfunction()
