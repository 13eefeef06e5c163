package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.BrokenImageException;
import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.PixelLimit;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.data.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * COCO instances: {@code annotations/instances_SPLIT.json} and the images in {@code SPLIT}. Mask
 * value 0 is background, then come the categories. Where instances overlap the smaller is on top,
 * among equally large ones that with the larger id; pixels that only a crowd or a box without an
 * outline covers are ignored.
 */
final class CocoInstances implements Layout {
  @Override
  public String name() {
    return "coco";
  }

  @Override
  public String form() {
    return "DIR:SPLIT[:CATEGORIES]";
  }

  @Override
  public Optional<Legend> names() {
    return Optional.of(new Legend(CocoThings.NAMES, List.of()));
  }

  @Override
  public DataSet open(Request request) {
    String split = request.requiredSplit();
    Path json = CocoFolder.annotations(request.folder(), "instances_" + split + ".json");
    Path images = CocoFolder.images(request.folder(), split);
    CocoFile file = new CocoFile(json);
    CocoHead head = CocoHead.read(file);
    Tally tally = new Tally(request.text());
    head.report(tally);
    CocoFindings findings = new CocoFindings(file, tally);
    CocoCategories meaning = CocoCategories.afterBackground(head, request.categories());
    Map<CocoId, List<PaintedMask.Instance>> instances = new TreeMap<>();
    file.read(
        Map.of(
            "annotations",
            annotation -> {
              Integer value = meaning.values().get(head.category(annotation));
              JsonNode image = head.image(annotation);
              CocoId id = CocoId.of(file, image, "id");
              findings.of(id, annotation);
              if (value != null && !isTooLarge(file, image)) {
                PaintedMask.Instance instance =
                    instance(file, annotation, value, size(file, image), findings);
                if (instance != null) {
                  instances.computeIfAbsent(id, unused -> new ArrayList<>()).add(instance);
                }
              }
            }));
    findings.finish();
    List<Sample> samples = new ArrayList<>();
    Set<String> names = new HashSet<>();
    head.images()
        .forEach(
            (id, image) -> {
              String name = file.required(image, "file_name").asText();
              if (!names.add(name)) {
                throw file.refused(
                    image, "has the file_name %s, as one before it has".formatted(name));
              }
              findings.image(id, name);
              samples.add(
                  new Sample(
                      CocoFolder.stem(name),
                      Inside.resolve(images, name, json),
                      json,
                      new PaintedMask(
                          extent(file, image, "height"),
                          extent(file, image, "width"),
                          instances.getOrDefault(id, List.of()))));
            });
    samples.sort(Comparator.comparing(Sample::name));
    tally.report(samples.size());
    return new DataSet(samples, meaning.legend());
  }

  private static long extent(CocoFile file, JsonNode image, String key) {
    long extent = file.required(image, key).asLong();
    if (extent < 1) {
      throw file.refused(image, "has a %s of %d pixels".formatted(key, extent));
    }
    return extent;
  }

  /** Whether an image is refused when it is read. */
  private static boolean isTooLarge(CocoFile file, JsonNode image) {
    try {
      PixelLimit.require(extent(file, image, "height"), extent(file, image, "width"));
      return false;
    } catch (BrokenImageException e) {
      return true;
    }
  }

  private static Size size(CocoFile file, JsonNode image) {
    return new Size((int) extent(file, image, "height"), (int) extent(file, image, "width"));
  }

  /** What an annotation covers; null if that is nothing. */
  private static PaintedMask.@Nullable Instance instance(
      CocoFile file, JsonNode annotation, int value, Size size, CocoFindings findings) {
    boolean crowd = annotation.path("iscrowd").asInt() == 1;
    findings.chosen(crowd);
    Region outline = CocoSegmentation.read(file, annotation, size, findings);
    Region region = outline == null ? CocoSegmentation.box(file, annotation) : outline;
    if (outline == null) {
      findings.box(annotation);
    }
    if (region == null) {
      return null;
    }
    if (!region.touches(size)) {
      findings.outside(annotation);
    }
    double area = annotation.path("area").asDouble();
    return new PaintedMask.Instance(
        CocoId.of(file, annotation, "id"),
        area > 0 ? area : region.area(),
        crowd || outline == null ? CocoCategories.VOID : value,
        region);
  }
}
