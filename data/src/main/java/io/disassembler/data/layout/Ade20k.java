package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * ADE20K as in the scene parsing challenge: {@code images/SPLIT/NAME.jpg} and {@code
 * annotations/SPLIT/NAME.png}, where SPLIT is training or validation. The files' 0 (other) is
 * ignored, 1 to 150 become mask values 0 to 149.
 */
final class Ade20k implements Layout {
  private static final int VOID = 255;
  private static final List<String> NAMES =
      List.of(
          "wall",
          "building",
          "sky",
          "floor",
          "tree",
          "ceiling",
          "road",
          "bed",
          "windowpane",
          "grass",
          "cabinet",
          "sidewalk",
          "person",
          "earth",
          "door",
          "table",
          "mountain",
          "plant",
          "curtain",
          "chair",
          "car",
          "water",
          "painting",
          "sofa",
          "shelf",
          "house",
          "sea",
          "mirror",
          "rug",
          "field",
          "armchair",
          "seat",
          "fence",
          "desk",
          "rock",
          "wardrobe",
          "lamp",
          "bathtub",
          "railing",
          "cushion",
          "base",
          "box",
          "column",
          "signboard",
          "chest of drawers",
          "counter",
          "sand",
          "sink",
          "skyscraper",
          "fireplace",
          "refrigerator",
          "grandstand",
          "path",
          "stairs",
          "runway",
          "case",
          "pool table",
          "pillow",
          "screen door",
          "stairway",
          "river",
          "bridge",
          "bookcase",
          "blind",
          "coffee table",
          "toilet",
          "flower",
          "book",
          "hill",
          "bench",
          "countertop",
          "stove",
          "palm",
          "kitchen island",
          "computer",
          "swivel chair",
          "boat",
          "bar",
          "arcade machine",
          "hovel",
          "bus",
          "towel",
          "light",
          "truck",
          "tower",
          "chandelier",
          "awning",
          "streetlight",
          "booth",
          "television receiver",
          "airplane",
          "dirt track",
          "apparel",
          "pole",
          "land",
          "bannister",
          "escalator",
          "ottoman",
          "bottle",
          "buffet",
          "poster",
          "stage",
          "van",
          "ship",
          "fountain",
          "conveyer belt",
          "canopy",
          "washer",
          "plaything",
          "swimming pool",
          "stool",
          "barrel",
          "basket",
          "waterfall",
          "tent",
          "bag",
          "minibike",
          "cradle",
          "oven",
          "ball",
          "food",
          "step",
          "tank",
          "trade name",
          "microwave",
          "pot",
          "animal",
          "bicycle",
          "lake",
          "dishwasher",
          "screen",
          "blanket",
          "sculpture",
          "hood",
          "sconce",
          "vase",
          "traffic light",
          "tray",
          "ashcan",
          "fan",
          "pier",
          "crt screen",
          "plate",
          "monitor",
          "bulletin board",
          "shower",
          "radiator",
          "glass",
          "clock",
          "flag");
  private static final Legend LEGEND = new Legend(NAMES, List.of(VOID));
  private static final int[] MEANING =
      IntStream.rangeClosed(0, NAMES.size()).map(value -> value == 0 ? VOID : value - 1).toArray();

  @Override
  public String name() {
    return "ade20k";
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
    String split = request.requiredSplit();
    Path images =
        Listing.split(
            Listing.folder(request.folder().resolve("images"), "ADE20K").resolve(split), "ADE20K");
    Path masks = Listing.folder(request.folder().resolve("annotations").resolve(split), "ADE20K");
    ValueTable reader = new ValueTable("ADE20K", MEANING);
    Labelled samples = new Labelled(request, masks);
    for (Path image : Listing.images(images, "")) {
      String name = Listing.stem(image);
      samples.add(name, image, Listing.mask(masks, name), reader);
    }
    return samples.dataSet(LEGEND);
  }
}
