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

# The manual page and the completion for bash say what --help says.
set(IM_MANUAL ${CMAKE_BINARY_DIR}/manual)
add_custom_command(OUTPUT ${IM_MANUAL}/incmap.1 ${IM_MANUAL}/incmap.bash
  COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/manual.sh $<TARGET_FILE:incmap> ${PROJECT_VERSION} ${IM_MANUAL}
  DEPENDS incmap ${CMAKE_CURRENT_LIST_DIR}/manual.sh ${CMAKE_CURRENT_LIST_DIR}/man.awk
    ${CMAKE_CURRENT_LIST_DIR}/bash.awk VERBATIM)
add_custom_target(manual ALL DEPENDS ${IM_MANUAL}/incmap.1 ${IM_MANUAL}/incmap.bash)
install(FILES ${IM_MANUAL}/incmap.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${IM_MANUAL}/incmap.bash RENAME incmap
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

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

# A package for Debian: `cmake --workflow --preset package`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME incmap)
set(CPACK_PACKAGE_CONTACT "incmap <incmap@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "map of the incidents that news reports tell of")
set(CPACK_PACKAGE_DESCRIPTION "Reads news reports in English and Spanish, finds what happened where, when and to how
many, and draws it on a map of states; also as GeoJSON, GeoPackage, FlatGeobuf, KML and CSV.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})
set(CPACK_STRIP_FILES ON)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
include(CPack)
