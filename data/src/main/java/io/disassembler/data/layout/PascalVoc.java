package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.Mask;
import io.disassembler.data.MaskReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pascal VOC: {@code JPEGImages/NAME.jpg}, {@code SegmentationClass/NAME.png} (palette images, 255
 * around objects; or images of the palette's colours) and the names of a split in {@code
 * ImageSets/Segmentation/SPLIT.txt}.
 */
final class PascalVoc implements Layout {
  private static final int VOID = 255;
  private static final Legend LEGEND =
      new Legend(
          List.of(
              "background",
              "aeroplane",
              "bicycle",
              "bird",
              "boat",
              "bottle",
              "bus",
              "car",
              "cat",
              "chair",
              "cow",
              "diningtable",
              "dog",
              "horse",
              "motorbike",
              "person",
              "pottedplant",
              "sheep",
              "sofa",
              "train",
              "tvmonitor"),
          List.of(VOID));

  // Masks that were made RGB, or whose palette was sorted anew, still have Pascal VOC's colours.
  private static final MaskReader READER = file -> Mask.read(file).byColor(colors());

  private static Map<Integer, Integer> colors() {
    Map<Integer, Integer> colors = new TreeMap<>();
    for (int value = 0; value < LEGEND.categories().size(); value++) {
      colors.put(color(value), value);
    }
    colors.put(color(VOID), VOID);
    return colors;
  }

  /** The colour of a value in the development kit: its bits dealt to red, green and blue. */
  private static int color(int value) {
    int color = 0;
    for (int bit = 0; bit < 8; bit++) {
      int channel = bit % 3;
      color |= ((value >> bit) & 1) << (7 - bit / 3 + 8 * (2 - channel));
    }
    return color;
  }

  @Override
  public String name() {
    return "voc";
  }

  @Override
  public String form() {
    return "DIR:SPLIT";
  }

  @Override
  public Optional<Legend> legend() {
    return Optional.of(LEGEND);
  }

  @Override
  public DataSet open(Request request) {
    Path folder = request.folder();
    Path images = Listing.folder(folder.resolve("JPEGImages"), "Pascal VOC");
    Path masks = Listing.folder(folder.resolve("SegmentationClass"), "Pascal VOC");
    Path list =
        Listing.split(
            folder.resolve("ImageSets/Segmentation/" + request.requiredSplit() + ".txt"),
            "Pascal VOC");
    Labelled samples = new Labelled(request, masks);
    for (String line : Listing.lines(list).stream().sorted().toList()) {
      String name = name(line, images, list);
      samples.add(name, Listing.image(images, name), Listing.mask(masks, name), READER);
    }
    return samples.dataSet(LEGEND);
  }

  /**
   * The image that a line names: with or without its extension, and perhaps followed by whether it
   * shows a category, as in the lists of single categories.
   */
  private static String name(String line, Path images, Path list) {
    String whole = withoutExtension(line);
    String first = withoutExtension(line.split("\\s+", 2)[0]);
    Inside.resolve(images, whole, list);
    Inside.resolve(images, first, list);
    return Files.exists(Listing.image(images, whole)) ? whole : first;
  }

  private static String withoutExtension(String name) {
    return name.replaceFirst("(?i)\\.(jpe?g|png)$", "");
  }
}
