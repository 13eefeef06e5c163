package io.disassembler.safetensors;

import io.disassembler.graph.ElementType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code .safetensors} files call element types. */
final class TypeNames {
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("F64", ElementType.DOUBLE),
          Map.entry("F32", ElementType.FLOAT),
          Map.entry("F16", ElementType.FLOAT16),
          Map.entry("BF16", ElementType.BFLOAT16),
          Map.entry("I64", ElementType.INT64),
          Map.entry("I32", ElementType.INT32),
          Map.entry("I16", ElementType.INT16),
          Map.entry("I8", ElementType.INT8),
          Map.entry("U64", ElementType.UINT64),
          Map.entry("U32", ElementType.UINT32),
          Map.entry("U16", ElementType.UINT16),
          Map.entry("U8", ElementType.UINT8),
          Map.entry("BOOL", ElementType.BOOL));

  private TypeNames() {}

  static Optional<ElementType> type(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  static String name(ElementType type) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  static List<String> names() {
    return TYPES.keySet().stream().sorted().toList();
  }
}
