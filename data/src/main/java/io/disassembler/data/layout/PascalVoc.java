package io.disassembler.data.layout;

import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.Sample;
import java.nio.file.Path;
import java.util.List;

/**
 * Pascal VOC: {@code JPEGImages/NAME.jpg}, {@code SegmentationClass/NAME.png} (palette images, 255
 * around objects) and the names of a split in {@code ImageSets/Segmentation/SPLIT.txt}.
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

  @Override
  public String name() {
    return "voc";
  }

  @Override
  public String form() {
    return "DIR:SPLIT";
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
    List<Sample> samples =
        Listing.lines(list).stream()
            .sorted()
            .map(
                name ->
                    new Sample(name, images.resolve(name + ".jpg"), masks.resolve(name + ".png")))
            .toList();
    return new DataSet(samples, LEGEND);
  }
}
