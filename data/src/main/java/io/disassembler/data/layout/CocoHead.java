package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.InvalidInputException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the annotations of a COCO file refer to.
 *
 * @param categories by their ids
 * @param images by their ids
 */
record CocoHead(CocoFile file, Map<CocoId, JsonNode> categories, Map<CocoId, JsonNode> images) {
  CocoHead {
    categories = Collections.unmodifiableMap(new TreeMap<>(categories));
    images = Collections.unmodifiableMap(new TreeMap<>(images));
  }

  /**
   * Reads it.
   *
   * @throws InvalidInputException as {@link CocoFile#read}, or if two elements have one id
   */
  static CocoHead read(CocoFile file) {
    Map<CocoId, JsonNode> categories = new TreeMap<>();
    Map<CocoId, JsonNode> images = new TreeMap<>();
    file.read(
        Map.of(
            "categories", category -> file.putOnce(categories, category, "id", category),
            "images", image -> file.putOnce(images, image, "id", image)));
    return new CocoHead(file, categories, images);
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
