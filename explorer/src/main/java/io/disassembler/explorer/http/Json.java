package io.disassembler.explorer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Base64;

/** Small helpers for the JSON that the interface speaks. */
public final class Json {
  static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number, or null where it is not defined. */
  static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  /** Numbers to five digits, which is all that can be seen. */
  static void put(ArrayNode array, double value) {
    array.add(new BigDecimal(value).round(DIGITS).doubleValue());
  }

  /** Labels from 0 to 255, one byte each, in Base64. */
  static String labels(int[] labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) Math.min(labels[i], 255);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Numbers from 0 to {@code most}, one byte each, in Base64; what is below counts as 0. */
  static String scaled(float[] values, float most) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, values[i] / most)));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
