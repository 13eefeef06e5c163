package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    List<JsonNode> categories = new ArrayList<>();
    Map<Long, String> imageById = new TreeMap<>();
    file.read(
        Map.of(
            "categories",
            categories::add,
            "images",
            image ->
                imageById.put(
                    file.required(image, "id").asLong(),
                    file.required(image, "file_name").asText())));
    CocoCategories meaning =
        request.categories().isEmpty()
            ? CocoCategories.all(file, categories)
            : CocoCategories.afterBackground(file, categories, request.categories());
    List<Sample> samples = new ArrayList<>();
    file.read(
        Map.of(
            "annotations",
            annotation -> {
              long id = file.required(annotation, "image_id").asLong();
              String image = imageById.get(id);
              if (image == null) {
                throw file.refused(annotation, "belongs to image " + id + ", which is not listed");
              }
              samples.add(
                  new Sample(
                      CocoFolder.stem(image),
                      images.resolve(image),
                      masks.resolve(file.required(annotation, "file_name").asText()),
                      new ColorTable(
                          "the segments in " + json, colors(file, annotation, meaning))));
            }));
    samples.sort(Comparator.comparing(Sample::name));
    return new DataSet(samples, meaning.legend());
  }

  /** Mask values by the colours of the segments. */
  private static Map<Integer, Integer> colors(
      CocoFile file, JsonNode annotation, CocoCategories meaning) {
    Map<Integer, Integer> colors = new TreeMap<>();
    colors.put(0, CocoCategories.VOID);
    for (JsonNode segment : file.required(annotation, "segments_info")) {
      int id = file.required(segment, "id").asInt();
      int color = (id & 0xff) << 16 | (id >> 8 & 0xff) << 8 | id >> 16;
      int category = file.required(segment, "category_id").asInt();
      boolean crowd = segment.path("iscrowd").asInt() == 1;
      colors.put(
          color,
          crowd
              ? CocoCategories.VOID
              : meaning.values().getOrDefault(category, CocoCategories.BACKGROUND));
    }
    return colors;
  }
}
