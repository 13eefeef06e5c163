package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.MaskReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Cityscapes: {@code leftImg8bit/SPLIT/CITY/NAME_leftImg8bit.png} and {@code
 * gtFine/SPLIT/CITY/NAME_gtFine_labelIds.png}. Mask values are the 19 train ids of
 * cityscapesScripts; the label ids that are not evaluated are ignored. Where there are only masks
 * of train ids, {@code NAME_gtFine_labelTrainIds.png}, these are read.
 */
final class Cityscapes implements Layout {
  private static final String IMAGE = "_leftImg8bit";
  private static final String LABEL_IDS = "_gtFine_labelIds";
  private static final String TRAIN_ID_MASK = "_gtFine_labelTrainIds";
  private static final int VOID = 255;
  private static final Legend LEGEND =
      new Legend(
          List.of(
              "road",
              "sidewalk",
              "building",
              "wall",
              "fence",
              "pole",
              "traffic light",
              "traffic sign",
              "vegetation",
              "terrain",
              "sky",
              "person",
              "rider",
              "car",
              "truck",
              "bus",
              "train",
              "motorcycle",
              "bicycle"),
          List.of(VOID));

  /** Train ids by label id, from unlabeled (0) to bicycle (33). */
  private static final int[] TRAIN_IDS = {
    VOID, VOID, VOID, VOID, VOID, VOID, VOID, 0, 1, VOID, VOID, 2, 3, 4, VOID, VOID, VOID, 5, VOID,
    6, 7, 8, 9, 10, 11, 12, 13, 14, 15, VOID, VOID, 16, 17, 18
  };

  @Override
  public String name() {
    return "cityscapes";
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
            Listing.folder(request.folder().resolve("leftImg8bit"), "Cityscapes").resolve(split),
            "Cityscapes");
    Path masks =
        Listing.split(
            Listing.folder(request.folder().resolve("gtFine"), "Cityscapes").resolve(split),
            "Cityscapes");
    ValueTable reader = new ValueTable("Cityscapes", TRAIN_IDS);
    Labelled samples = new Labelled(request, masks);
    for (Path image : Listing.images(images, IMAGE)) {
      String name = Listing.stem(image, IMAGE);
      Path city = masks.resolve(images.relativize(image)).resolveSibling("");
      Path trainIds = Listing.mask(city, name + TRAIN_ID_MASK);
      Path labelIds = Listing.mask(city, name + LABEL_IDS);
      if (Files.exists(trainIds) && !Files.exists(labelIds)) {
        samples.add(name, image, trainIds, MaskReader.VALUES);
      } else {
        samples.add(name, image, labelIds, reader);
      }
    }
    return samples.dataSet(LEGEND);
  }
}
