package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Reads which pixels an annotation covers, in any of the forms that tools write. */
final class CocoSegmentation {
  private static final int TRIANGLE = 6;

  private CocoSegmentation() {}

  /**
   * The pixels of an annotation; null if it has no outline.
   *
   * @param findings is told of parts that cover nothing
   * @throws io.disassembler.base.InvalidInputException if it has an outline that cannot be read
   */
  static @Nullable Region read(
      CocoFile file, JsonNode annotation, Size size, CocoFindings findings) {
    JsonNode segmentation = annotation.path("segmentation");
    if (segmentation.isMissingNode() || segmentation.isNull() || segmentation.isEmpty()) {
      return null;
    }
    return segmentation.isArray()
        ? polygons(file, annotation, segmentation, findings)
        : runs(file, annotation, segmentation, size);
  }

  private static @Nullable Region polygons(
      CocoFile file, JsonNode annotation, JsonNode segmentation, CocoFindings findings) {
    // Some tools write a single polygon without the list around it.
    List<JsonNode> parts = new ArrayList<>();
    if (segmentation.get(0).isNumber()) {
      parts.add(segmentation);
    } else {
      segmentation.forEach(parts::add);
    }
    List<double[]> outlines = new ArrayList<>();
    for (JsonNode part : parts) {
      double[] outline = numbers(file, annotation, part);
      if (outline.length % 2 != 0) {
        throw file.refused(annotation, "has a polygon of %d numbers".formatted(outline.length));
      }
      if (outline.length >= TRIANGLE) {
        outlines.add(outline);
      } else {
        findings.line(annotation);
      }
    }
    return outlines.isEmpty() ? null : new Region.Polygons(outlines);
  }

  private static @Nullable Region runs(
      CocoFile file, JsonNode annotation, JsonNode segmentation, Size size) {
    JsonNode stated = segmentation.path("size");
    if (!stated.isMissingNode()
        && (stated.path(0).asInt() != size.height() || stated.path(1).asInt() != size.width())) {
      throw file.refused(
          annotation, "has run lengths of size %s, its image is %s".formatted(stated, size));
    }
    JsonNode counts = file.required(segmentation, "counts");
    if (counts.isArray() ? counts.isEmpty() : counts.asText().isEmpty()) {
      return null;
    }
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

  /** The rectangle of an annotation that has nothing better; null if there is none. */
  static @Nullable Region box(CocoFile file, JsonNode annotation) {
    JsonNode box = annotation.path("bbox");
    if (box.size() != 4) {
      return null;
    }
    double[] n = numbers(file, annotation, box);
    double right = n[0] + n[2];
    double bottom = n[1] + n[3];
    return new Region.Polygons(
        List.of(new double[] {n[0], n[1], right, n[1], right, bottom, n[0], bottom}));
  }

  private static double[] numbers(CocoFile file, JsonNode annotation, JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.path(i);
      if (!number.isNumber()) {
        throw file.refused(
            annotation,
            "has %s among the numbers of its segmentation"
                .formatted(number.isMissingNode() ? "an object" : number));
      }
      numbers[i] = number.asDouble();
    }
    return numbers;
  }
}
