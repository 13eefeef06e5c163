package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Tally;
import java.util.HashSet;
import java.util.Set;

/** What is odd about the annotations of a COCO file, counted. */
final class CocoFindings {
  private final CocoFile file;
  private final Tally tally;
  private final Set<CocoId> ids = new HashSet<>();
  private final Set<CocoId> annotated = new HashSet<>();
  private int annotations;
  private int crowds;
  private int boxes;

  CocoFindings(CocoFile file, Tally tally) {
    this.file = file;
    this.tally = tally;
  }

  /** Counts an annotation of an image, whatever it shows. */
  void of(CocoId image, JsonNode annotation) {
    annotated.add(image);
    if (!ids.add(CocoId.of(file, annotation, "id"))) {
      tally.remark("annotations have an id that another has; all are used", id(annotation));
    }
  }

  /** Counts an annotation of a chosen category. */
  void chosen(boolean crowd) {
    annotations++;
    crowds += crowd ? 1 : 0;
  }

  /** Counts a polygon of fewer than three points. */
  void line(JsonNode annotation) {
    tally.remark("polygons have fewer than 3 points and cover nothing", id(annotation));
  }

  /** Counts an annotation without an outline. */
  void box(JsonNode annotation) {
    boxes++;
    tally.remark(
        "annotations have no outline (an empty segmentation); the pixels of their boxes are ignored",
        id(annotation));
  }

  /** Counts an annotation that no pixel of its image shows. */
  void outside(JsonNode annotation) {
    tally.remark("annotations lie outside their image", id(annotation));
  }

  /** Tells of an image if it has no annotation at all. */
  void image(CocoId image, String name) {
    if (!annotated.contains(image)) {
      tally.remark("have no annotation and are all background", name);
    }
  }

  /**
   * What only the whole file shows.
   *
   * @throws InvalidInputException if no annotation says which pixels it covers
   */
  void finish() {
    if (boxes > 0 && boxes == annotations) {
      throw new InvalidInputException(
          "%s: none of the %d annotations has an outline (segmentation), so nothing says which pixels they cover; export polygons or run lengths"
              .formatted(file.file(), annotations));
    }
    if (crowds > 0 && crowds == annotations) {
      tally.warn(
          "all %d annotations are crowds (iscrowd 1), whose pixels are ignored; some tools write that with all run lengths: set it to 0 if these are objects"
              .formatted(annotations));
    }
  }

  private static String id(JsonNode annotation) {
    return "id " + annotation.path("id").asText();
  }
}
