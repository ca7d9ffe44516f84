# banyan_embed(target files…): files (paths below the source folder) become part of the program, found by
# their path with base/embedded.h. The assembler includes the bytes: no generated C++ to compile.
function(banyan_embed target)
  set(assembler "${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.S")
  set(text ".section .note.GNU-stack,\"\",@progbits\n.section .rodata\n")
  set(table "")
  set(count 0)
  foreach(file ${ARGN})
    string(APPEND text
      "name_${count}: .asciz \"${file}\"\n.balign 16\nbytes_${count}: .incbin \"${CMAKE_SOURCE_DIR}/${file}\"\nend_${count}: .byte 0\n")
    string(APPEND table ".quad name_${count}, bytes_${count}, end_${count}\n")
    math(EXPR count "${count} + 1")
    list(APPEND paths ${CMAKE_SOURCE_DIR}/${file})
  endforeach()
  string(APPEND text ".section .data.rel.ro,\"aw\"\n.balign 8\n.global banyan_embedded_table\nbanyan_embedded_table:\n${table}.quad 0, 0, 0\n")
  file(CONFIGURE OUTPUT ${assembler} CONTENT "${text}" @ONLY)
  set_source_files_properties(${assembler} PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(${target} PRIVATE ${assembler})
endfunction()

# banyan_embed_bytes(target symbol file): one file beside a library that needs it wherever it is linked;
# `extern "C" char const symbol_begin[], symbol_end[]`.
function(banyan_embed_bytes target symbol file)
  set(assembler "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S")
  file(CONFIGURE OUTPUT ${assembler} @ONLY CONTENT
    ".section .note.GNU-stack,\"\",@progbits\n.section .rodata\n.global ${symbol}_begin, ${symbol}_end\n.balign 16\n${symbol}_begin: .incbin \"${CMAKE_CURRENT_SOURCE_DIR}/${file}\"\n${symbol}_end: .byte 0\n")
  set_source_files_properties(${assembler} PROPERTIES OBJECT_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  target_sources(${target} PRIVATE ${assembler})
endfunction()
