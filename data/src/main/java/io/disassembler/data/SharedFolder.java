package io.disassembler.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Images and their masks in one folder. A mask is called like an image but for a word that says so,
 * or is the lossless twin of a JPEG.
 */
record SharedFolder(List<FileName> images, List<FileName> masks) {
  static SharedFolder of(List<FileName> files) {
    Map<String, List<FileName>> named = new HashMap<>();
    for (FileName file : files) {
      if (FileName.IMAGES.contains(FileName.extension(file.file()))) {
        file.asImage().stream()
            .distinct()
            .forEach(key -> named.computeIfAbsent(key, unused -> new ArrayList<>()).add(file));
      }
    }
    List<FileName> images = new ArrayList<>();
    List<FileName> masks = new ArrayList<>();
    for (FileName file : files) {
      (isMask(file, named) ? masks : images).add(file);
    }
    return new SharedFolder(images, masks);
  }

  private static boolean isMask(FileName file, Map<String, List<FileName>> named) {
    if (ArrayFile.is(file.file())) {
      return true;
    }
    return !file.isJpeg()
        && file.asMask().stream()
            .flatMap(key -> named.getOrDefault(key, List.of()).stream())
            .anyMatch(
                other ->
                    !other.equals(file)
                        && (other.isJpeg() || (file.isCalledMask() && !other.isCalledMask())));
  }
}
