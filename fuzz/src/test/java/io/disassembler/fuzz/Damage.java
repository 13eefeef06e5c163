package io.disassembler.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to bytes, and values that programs stumble over. */
final class Damage {
  private static final List<Long> WHOLE =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          -2L,
          3L,
          4L,
          7L,
          8L,
          16L,
          64L,
          127L,
          255L,
          256L,
          1000L,
          65_536L,
          60_000L,
          100_000L,
          1L << 24,
          (1L << 31) - 1,
          1L << 31,
          1L << 32,
          1L << 40,
          1L << 61,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1);

  private static final List<Double> REAL =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          0.5,
          1e-45,
          1e-12,
          1e12,
          1e38,
          -1e38,
          1e300,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private static final List<String> TEXT =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "\u0000",
          "a\nb",
          "\u001b[2J",
          "../../etc/passwd",
          "/etc/passwd",
          "%s%n",
          "\ud800",
          "\u202e",
          "NaN",
          "1e999",
          "null",
          "x".repeat(5000));

  private Damage() {}

  static long whole(RandomGenerator random) {
    return pick(WHOLE, random);
  }

  static double real(RandomGenerator random) {
    return pick(REAL, random);
  }

  static String text(RandomGenerator random) {
    return pick(TEXT, random);
  }

  static <T> T pick(List<T> values, RandomGenerator random) {
    return values.get(random.nextInt(values.size()));
  }

  /** One to three things happen to some bytes. */
  static byte[] of(byte[] bytes, RandomGenerator random) {
    byte[] damaged = bytes.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && damaged.length > 0; times--) {
      damaged = once(damaged, random);
    }
    return damaged;
  }

  private static byte[] once(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 2 -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
      case 3 -> word(bytes, at, random);
      case 4 -> without(bytes, at, length);
      case 5 -> repeated(bytes, at, length);
      default -> {
        System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        yield bytes;
      }
    };
  }

  private static byte[] word(byte[] bytes, int at, RandomGenerator random) {
    int width = random.nextBoolean() ? Integer.BYTES : Long.BYTES;
    int begin = random.nextBoolean() ? at - at % width : at;
    byte[] word =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(whole(random))
            .array();
    System.arraycopy(word, 0, bytes, begin, Math.min(width, bytes.length - begin));
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] rest = new byte[bytes.length - length];
    System.arraycopy(bytes, 0, rest, 0, at);
    System.arraycopy(bytes, at + length, rest, at, rest.length - at);
    return rest;
  }

  private static byte[] repeated(byte[] bytes, int at, int length) {
    byte[] longer = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, longer, 0, at + length);
    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
    return longer;
  }
}
