package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Tally;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the annotations of a COCO file refer to.
 *
 * @param categories by their ids
 * @param images by their ids
 * @param repeated how many images or categories are listed once more, the same in all
 */
record CocoHead(
    CocoFile file, Map<CocoId, JsonNode> categories, Map<CocoId, JsonNode> images, int repeated) {
  CocoHead {
    categories = Collections.unmodifiableMap(new TreeMap<>(categories));
    images = Collections.unmodifiableMap(new TreeMap<>(images));
  }

  /**
   * Reads it.
   *
   * @throws InvalidInputException as {@link CocoFile#read}, or if two different elements have one
   *     id
   */
  static CocoHead read(CocoFile file) {
    Map<CocoId, JsonNode> categories = new TreeMap<>();
    Map<CocoId, JsonNode> images = new TreeMap<>();
    AtomicInteger repeated = new AtomicInteger();
    file.read(
        Map.of(
            "categories", category -> put(file, categories, category, repeated),
            "images", image -> put(file, images, image, repeated)));
    return new CocoHead(file, categories, images, repeated.get());
  }

  private static void put(
      CocoFile file, Map<CocoId, JsonNode> elements, JsonNode element, AtomicInteger repeated) {
    if (element.equals(elements.get(CocoId.of(file, element, "id")))) {
      repeated.incrementAndGet();
    } else {
      file.putOnce(elements, element, "id", element);
    }
  }

  /** Tells how many elements are listed twice. */
  void report(Tally tally) {
    for (int i = 0; i < repeated; i++) {
      tally.remark("images or categories are listed twice, the same both times", file.file());
    }
  }

  /** The image that an annotation belongs to. */
  JsonNode image(JsonNode annotation) {
    CocoId id = CocoId.of(file, annotation, "image_id");
    JsonNode image = images.get(id);
    if (image == null) {
      throw file.refused(annotation, "belongs to image " + id + ", which is not listed");
    }
    return image;
  }

  /** The category that an annotation or segment shows. */
  CocoId category(JsonNode element) {
    CocoId id = CocoId.of(file, element, "category_id");
    if (!categories.containsKey(id)) {
      throw file.refused(element, "shows category " + id + ", which is not listed");
    }
    return id;
  }
}
