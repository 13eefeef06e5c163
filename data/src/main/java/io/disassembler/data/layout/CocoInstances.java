package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.DataSet;
import io.disassembler.data.Mask;
import io.disassembler.data.MaskReader;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * COCO instances: {@code annotations/instances_SPLIT.json} and the images in {@code SPLIT}. Mask
 * value 0 is background, then come the categories. Where instances overlap the smaller is on top,
 * among equally large ones that with the larger id; pixels that only a crowd covers are ignored.
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
  public DataSet open(Request request) {
    String split = request.requiredSplit();
    Path json = CocoFolder.annotations(request.folder(), "instances_" + split + ".json");
    Path images = CocoFolder.images(request.folder(), split);
    CocoFile file = new CocoFile(json);
    CocoHead head = CocoHead.read(file);
    CocoCategories meaning = CocoCategories.afterBackground(head, request.categories());
    Map<CocoId, List<Instance>> instances = new TreeMap<>();
    file.read(
        Map.of(
            "annotations",
            annotation -> {
              Integer value = meaning.values().get(head.category(annotation));
              JsonNode image = head.image(annotation);
              if (value != null) {
                instances
                    .computeIfAbsent(CocoId.of(file, image, "id"), unused -> new ArrayList<>())
                    .add(instance(file, annotation, value, size(file, image)));
              }
            }));
    List<Sample> samples = new ArrayList<>();
    head.images()
        .forEach(
            (id, image) -> {
              String name = file.required(image, "file_name").asText();
              samples.add(
                  new Sample(
                      CocoFolder.stem(name),
                      images.resolve(name),
                      json,
                      new Painted(size(file, image), instances.getOrDefault(id, List.of()))));
            });
    samples.sort(Comparator.comparing(Sample::name));
    return new DataSet(samples, meaning.legend());
  }

  private static Size size(CocoFile file, JsonNode image) {
    int height = file.required(image, "height").asInt();
    int width = file.required(image, "width").asInt();
    if (height < 1 || width < 1) {
      throw file.refused(image, "is %d x %d pixels large".formatted(height, width));
    }
    return new Size(height, width);
  }

  private static Instance instance(CocoFile file, JsonNode annotation, int value, Size size) {
    return new Instance(
        CocoId.of(file, annotation, "id"),
        annotation.path("area").asDouble(),
        annotation.path("iscrowd").asInt() == 1 ? CocoCategories.VOID : value,
        region(file, annotation, size));
  }

  private static Region region(CocoFile file, JsonNode annotation, Size size) {
    JsonNode segmentation = file.required(annotation, "segmentation");
    if (segmentation.isArray()) {
      List<double[]> outlines = new ArrayList<>();
      for (JsonNode polygon : segmentation) {
        double[] outline = numbers(file, annotation, polygon);
        if (outline.length < 6 || outline.length % 2 != 0) {
          throw file.refused(annotation, "has a polygon of %d numbers".formatted(outline.length));
        }
        outlines.add(outline);
      }
      return new Region.Polygons(outlines);
    }
    JsonNode stated = segmentation.path("size");
    if (!stated.isMissingNode()
        && (stated.path(0).asInt() != size.height() || stated.path(1).asInt() != size.width())) {
      throw file.refused(
          annotation, "has run lengths of size %s, its image is %s".formatted(stated, size));
    }
    JsonNode counts = file.required(segmentation, "counts");
    Region.RunLengths runs =
        counts.isTextual()
            ? Region.RunLengths.decode(counts.asText())
            : new Region.RunLengths(
                DoubleStream.of(numbers(file, annotation, counts))
                    .mapToInt(number -> (int) number)
                    .toArray());
    if (!runs.cover(size.area())) {
      throw file.refused(annotation, "has run lengths that do not sum up to " + size);
    }
    return runs;
  }

  private static double[] numbers(CocoFile file, JsonNode annotation, JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!array.get(i).isNumber()) {
        throw file.refused(
            annotation, "has %s among the numbers of its segmentation".formatted(array.get(i)));
      }
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  /**
   * An instance, or a crowd of them.
   *
   * @param area in pixels, as the file says
   * @param value what its pixels are in the mask
   */
  private record Instance(CocoId id, double area, int value, Region region) {
    /** Crowds lie below all else. */
    boolean crowd() {
      return value == CocoCategories.VOID;
    }
  }

  /** Paints the instances of one image over each other. */
  private record Painted(Size size, List<Instance> instances) implements MaskReader {
    private static final Comparator<Instance> ORDER =
        Comparator.comparing(Instance::crowd)
            .thenComparing(Instance::area)
            .reversed()
            .thenComparing(Instance::id);

    @Override
    public Mask read(Path file) {
      BufferedImage canvas =
          new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
      instances.stream()
          .sorted(ORDER)
          .forEach(instance -> instance.region.fill(canvas, instance.value));
      int[] values = canvas.getRGB(0, 0, size.width(), size.height(), null, 0, size.width());
      for (int pixel = 0; pixel < values.length; pixel++) {
        values[pixel] &= 0xff;
      }
      return Mask.of(file, size, values);
    }
  }
}
