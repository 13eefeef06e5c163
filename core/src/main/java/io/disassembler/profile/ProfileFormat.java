package io.disassembler.profile;

/** Names in profile files. */
final class ProfileFormat {
  static final String NAME = "disassembler profile";
  static final int VERSION = 5;

  static final String DEPTH = "depth";
  static final String CHECKSUM = "content_sha256";
  static final String CATEGORIES = "categories";
  static final String PROFILED = "profiled";
  static final String IMAGES = "images";
  static final String CONTENTS = "image_contents";
  static final String FEATURE_MAPS = "feature_maps";
  static final String EXAMPLES = "examples";

  private ProfileFormat() {}

  /** The group of a feature map: names of values may have slashes, which HDF5 reserves. */
  static String group(int featureMap) {
    return "%04d".formatted(featureMap);
  }
}
