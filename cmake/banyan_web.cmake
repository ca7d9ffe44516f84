# banyan_web(target): web/ is built with npm, once for all presets (build/web), and becomes a library whose table
# base/embedded.h reads. Nothing is built when nothing in web/ changed since.
find_program(BANYAN_NPM npm)
if(NOT BANYAN_NPM)
  message(FATAL_ERROR "npm is missing: apt-get install nodejs npm (./run does so)")
endif()

function(banyan_web target)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/* ${CMAKE_SOURCE_DIR}/web/tools/*)
  file(GLOB settings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.json ${CMAKE_SOURCE_DIR}/web/*.ts)
  set(built ${CMAKE_SOURCE_DIR}/build/web/files.S)
  add_custom_command(OUTPUT ${built}
    COMMAND ${CMAKE_SOURCE_DIR}/web/build
    DEPENDS ${sources} ${settings} ${CMAKE_SOURCE_DIR}/web/build
    COMMENT "Building the web application")
  add_library(${target} STATIC ${built})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
endfunction()
