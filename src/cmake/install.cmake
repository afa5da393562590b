# What `cmake --install` puts where: program, library, module, headers, data, CMake package, pkg-config file.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/incmap)
set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The program finds its library beside it, wherever the tree is moved to.
file(RELATIVE_PATH lib_from_bin ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
set_target_properties(incmap PROPERTIES INSTALL_RPATH "$ORIGIN/${lib_from_bin}")

install(TARGETS incmap)
install(TARGETS libincmap EXPORT incmap)
if(BUILD_SHARED_LIBS)
  set_target_properties(im_draw im_gis PROPERTIES INSTALL_RPATH "$ORIGIN/..")
  install(TARGETS im_draw im_gis LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/${IM_MODULE_FOLDER})
endif()
install(DIRECTORY include/incmap ${CMAKE_BINARY_DIR}/include/incmap
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/incmap DESTINATION ${CMAKE_INSTALL_DATADIR})

install(EXPORT incmap NAMESPACE incmap:: FILE incmapTargets.cmake DESTINATION ${package_dir})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/incmapConfig.cmake.in
  ${CMAKE_BINARY_DIR}/incmapConfig.cmake INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/incmapConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/incmapConfig.cmake ${CMAKE_BINARY_DIR}/incmapConfigVersion.cmake
  DESTINATION ${package_dir})

# pkg-config wants spaces around >= and its list joined by commas.
function(requires_line list out)
  list(TRANSFORM list REPLACE ">=" " >= ")
  list(JOIN list ", " line)
  set(${out} "${line}" PARENT_SCOPE)
endfunction()
requires_line("${IM_PUBLIC_REQUIRES}" PC_REQUIRES)
requires_line("${IM_REQUIRES}" PC_REQUIRES_PRIVATE)
file(RELATIVE_PATH PC_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/incmap.pc.in ${CMAKE_BINARY_DIR}/incmap.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/incmap.pc DESTINATION ${pc_dir})
