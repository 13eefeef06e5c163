package io.disassembler.safetensors;

import io.disassembler.graph.Weight;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a {@code .safetensors} file: 8 bytes that say how long the header is (little
 * endian), the header as JSON, which gives each tensor's type, shape and place, and the elements.
 *
 * @param weights the tensors by name, in the order of the file
 * @param metadata free text by key
 */
public record SafeTensors(Map<String, Weight> weights, Map<String, String> metadata) {

  public SafeTensors {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Tensors without metadata. */
  public static SafeTensors of(Collection<Weight> weights) {
    Map<String, Weight> byName = new LinkedHashMap<>();
    weights.forEach(weight -> byName.put(weight.name(), weight));
    return new SafeTensors(byName, Map.of());
  }

  /** The tensor {@code name}, if it is there. */
  public Optional<Weight> weight(String name) {
    return Optional.ofNullable(weights.get(name));
  }
}
