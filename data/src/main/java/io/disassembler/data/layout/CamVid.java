package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.MaskReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CamVid, in 11 categories, in any of three layouts. SegNet's: {@code SPLIT/NAME.png}, {@code
 * SPLITannot/NAME.png} (0 to 10, 11 for void) and {@code SPLIT.txt}, whose lines name image and
 * mask. The original: {@code 701_StillsRaw_full/NAME.png} and {@code
 * LabeledApproved_full/NAME_L.png} in 32 colours, without splits. The same colours in {@code SPLIT}
 * and {@code SPLIT_labels}.
 */
final class CamVid implements Layout {
  private static final String DATA = "CamVid";
  private static final String COLORED = "_L";
  private static final int VOID = 11;
  private static final Legend LEGEND =
      new Legend(
          List.of(
              "sky",
              "building",
              "pole",
              "road",
              "pavement",
              "tree",
              "sign",
              "fence",
              "car",
              "pedestrian",
              "bicyclist"),
          List.of(VOID));

  /** The original's colours of each of the 11 categories, as SegNet joins them, and of void. */
  private static final int[][] COLORS = {
    {0x808080}, // Sky
    {0x800000, 0x008040, 0x40c000, 0x400040, 0xc00080}, // Building, Bridge, Wall, Tunnel, Archway
    {0xc0c080, 0x000040}, // Column_Pole, TrafficCone
    {0x804080, 0x8000c0, 0xc00040}, // Road, LaneMkgsDriv, LaneMkgsNonDriv
    {0x0000c0, 0x40c080, 0x8080c0}, // Sidewalk, ParkingBlock, RoadShoulder
    {0x808000, 0xc0c000}, // Tree, VegetationMisc
    {0xc08080, 0x808040, 0x004040}, // SignSymbol, Misc_Text, TrafficLight
    {0x404080}, // Fence
    {0x400080, 0x4080c0, 0xc080c0, 0xc04080, 0x804040}, // Car, SUV, Truck_Bus, Train, OtherMoving
    {0x404000, 0xc08040, 0x4000c0, 0x408040}, // Pedestrian, Child, CartLuggagePram, Animal
    {0x0080c0, 0xc000c0}, // Bicyclist, MotorcycleScooter
    {0x000000} // Void
  };

  @Override
  public String name() {
    return "camvid";
  }

  @Override
  public String form() {
    return "DIR[:SPLIT]";
  }

  @Override
  public Optional<Legend> legend() {
    return Optional.of(LEGEND);
  }

  @Override
  public DataSet open(Request request) {
    Path folder = request.folder();
    if (request.split() == null && Files.isDirectory(folder.resolve("701_StillsRaw_full"))) {
      return colored(
          request, folder.resolve("701_StillsRaw_full"), folder.resolve("LabeledApproved_full"));
    }
    String split = request.requiredSplit();
    Path images = Listing.split(folder.resolve(split), DATA);
    Path labels = folder.resolve(split + "_labels");
    return Files.isDirectory(labels)
        ? colored(request, images, labels)
        : segNet(request, images, folder.resolve(split + "annot"), folder.resolve(split + ".txt"));
  }

  private static DataSet colored(Request request, Path images, Path masks) {
    Listing.folder(masks, DATA);
    Map<Integer, Integer> meaning = new TreeMap<>();
    for (int category = 0; category < COLORS.length; category++) {
      for (int color : COLORS[category]) {
        meaning.put(color, category);
      }
    }
    MaskReader reader = new ColorTable(DATA, meaning);
    Labelled samples = new Labelled(request, masks);
    for (Path image : Listing.images(images, "")) {
      String name = Listing.stem(image);
      samples.add(name, image, Listing.mask(masks, name + COLORED), reader);
    }
    return samples.dataSet(LEGEND);
  }

  /** The paths in the list are those of its author: only their file names count. */
  private static DataSet segNet(Request request, Path images, Path masks, Path list) {
    Listing.folder(masks, DATA);
    List<Path> listed =
        Files.exists(list)
            ? Listing.lines(list).stream()
                .map(line -> Path.of(line.split("\\s+", -1)[0]).getFileName())
                .sorted()
                .map(images::resolve)
                .toList()
            : Listing.images(images, "");
    Labelled samples = new Labelled(request, masks);
    for (Path image : listed) {
      String name = Listing.stem(image);
      samples.add(name, image, Listing.mask(masks, name), MaskReader.VALUES);
    }
    return samples.dataSet(LEGEND);
  }
}
