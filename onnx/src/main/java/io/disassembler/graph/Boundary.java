package io.disassembler.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a network's file differs from the {@link Network} that everything works on. That has one
 * input, N x C x H x W, and 32-bit floats wherever there are floats; a file may have its axes in
 * another order, no batch, whole numbers as pixels, more inputs, or floats of another width.
 * Reading presents a file so, writing gives the file's form back.
 *
 * @param input how the file has images
 * @param output how the file has the output that counts
 * @param pixels the file's type of pixels where that is no float, else {@code FLOAT}
 * @param fixed constants for the file's other inputs; the sub-network has them as weights
 * @param types the type of every float in a file where some are not of 32 bits, by the name of the
 *     value or weight; else empty
 * @param quantized what a file stores weights as where that is whole numbers and scales, by the
 *     name of the weight; those that change become whole numbers of that kind again
 */
public record Boundary(
    Layout input,
    Layout output,
    ElementType pixels,
    Map<String, Weight> fixed,
    Map<String, ElementType> types,
    Map<String, Quantized> quantized) {
  /** Of a file that is as everything works with it. */
  public static final Boundary PLAIN =
      new Boundary(Layout.NCHW, Layout.NCHW, ElementType.FLOAT, Map.of(), Map.of(), Map.of());

  public Boundary {
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
    types = Map.copyOf(types);
    quantized = Map.copyOf(quantized);
  }

  public Boundary withInput(Layout layout, ElementType type) {
    return new Boundary(layout, output, type, fixed, types, quantized);
  }

  public Boundary withOutput(Layout layout) {
    return new Boundary(input, layout, pixels, fixed, types, quantized);
  }

  public Boundary withFixed(Map<String, Weight> constants) {
    return new Boundary(input, output, pixels, constants, types, quantized);
  }

  public Boundary withTypes(Map<String, ElementType> floats) {
    return new Boundary(input, output, pixels, fixed, floats, quantized);
  }

  public Boundary withQuantized(Map<String, Quantized> stored) {
    return new Boundary(input, output, pixels, fixed, types, stored);
  }
}
