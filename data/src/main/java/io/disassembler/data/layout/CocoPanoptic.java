package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import io.disassembler.data.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * COCO panoptic: {@code annotations/panoptic_SPLIT.json}, PNG files of segment numbers (red + 256
 * green + 65536 blue) in {@code annotations/panoptic_SPLIT} and the images in {@code SPLIT}. Crowds
 * and pixels of no segment are ignored.
 */
final class CocoPanoptic implements Layout {
  @Override
  public String name() {
    return "coco-panoptic";
  }

  @Override
  public String form() {
    return "DIR:SPLIT[:CATEGORIES]";
  }

  @Override
  public DataSet open(Request request) {
    String split = request.requiredSplit();
    Path json = CocoFolder.annotations(request.folder(), "panoptic_" + split + ".json");
    Path inside = request.folder().resolve("annotations/panoptic_" + split);
    Path masks =
        Listing.folder(
            Files.isDirectory(inside) ? inside : request.folder().resolve("panoptic_" + split),
            "COCO panoptic");
    Path images = CocoFolder.images(request.folder(), split);
    CocoFile file = new CocoFile(json);
    CocoHead head = CocoHead.read(file);
    CocoCategories meaning =
        request.categories().isEmpty()
            ? CocoCategories.all(head)
            : CocoCategories.afterBackground(head, request.categories());
    Tally tally = new Tally(request.text());
    head.report(tally);
    Map<CocoId, Sample> samples = new TreeMap<>();
    file.read(
        Map.of(
            "annotations",
            annotation -> {
              JsonNode image = head.image(annotation);
              String name = file.required(image, "file_name").asText();
              Sample sample =
                  new Sample(
                      CocoFolder.stem(name),
                      Inside.resolve(images, name, json),
                      Inside.resolve(masks, file.required(annotation, "file_name").asText(), json),
                      new ColorTable("the segments in " + json, colors(head, annotation, meaning)));
              file.putOnce(samples, annotation, "image_id", sample);
            }));
    head.images()
        .forEach(
            (id, image) -> {
              if (!samples.containsKey(id)) {
                tally.leaveOut("without an annotation", image.path("file_name").asText());
              }
            });
    tally.report(samples.size());
    return new DataSet(
        samples.values().stream().sorted(Comparator.comparing(Sample::name)).toList(),
        meaning.legend());
  }

  /** Mask values by the colours of the segments. */
  private static Map<Integer, Integer> colors(
      CocoHead head, JsonNode annotation, CocoCategories meaning) {
    CocoFile file = head.file();
    Map<Integer, Integer> colors = new TreeMap<>();
    colors.put(0, CocoCategories.VOID);
    for (JsonNode segment : file.required(annotation, "segments_info")) {
      int value = meaning.values().getOrDefault(head.category(segment), CocoCategories.BACKGROUND);
      boolean crowd = segment.path("iscrowd").asInt() == 1;
      if (colors.putIfAbsent(color(file, segment), crowd ? CocoCategories.VOID : value) != null) {
        throw file.refused(segment, "is a segment that its image has twice");
      }
    }
    return colors;
  }

  /** The colour {@code 0xRRGGBB} of a segment's pixels. */
  private static int color(CocoFile file, JsonNode segment) {
    JsonNode id = file.required(segment, "id");
    int number = id.asInt();
    if (!id.canConvertToExactIntegral()
        || !id.canConvertToInt()
        || number < 1
        || number > 0xffffff) {
      throw file.refused(segment, "is a segment; expected a number from 1 to 16777215 as its id");
    }
    return (number & 0xff) << 16 | (number >> 8 & 0xff) << 8 | number >> 16;
  }
}
