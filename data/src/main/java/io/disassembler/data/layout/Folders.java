package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.ImageFolder;
import java.nio.file.Path;

/** {@code DIR/images/SPLIT} and {@code DIR/masks/SPLIT}, or both without splits. */
final class Folders implements Layout {
  @Override
  public String name() {
    return "folders";
  }

  @Override
  public String form() {
    return "DIR[:SPLIT]";
  }

  @Override
  public DataSet open(Request request) {
    Path images = request.folder().resolve("images");
    Path masks = request.folder().resolve("masks");
    String split = request.split();
    return split == null
        ? ImageFolder.open(images, masks)
        : ImageFolder.open(
            Listing.split(images.resolve(split), "folders"),
            Listing.split(masks.resolve(split), "folders"));
  }
}
