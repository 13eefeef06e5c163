package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of 2 rows and 3 columns. */
class NpyMaskTest {
  @TempDir private Path folder = Path.of("");

  private Path write(String type, String order, String shape, byte... data) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }".formatted(type, order, shape);
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(10 + text.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93);
    file.put("NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) 1).put((byte) 0);
    file.putShort((short) text.length).put(text).put(data);
    return Files.write(folder.resolve("a.npy"), file.array());
  }

  private int[] values() throws IOException {
    Mask mask = Mask.read(folder.resolve("a.npy"));
    assertThat(mask.size()).isEqualTo(new Size(2, 3));
    return mask.values();
  }

  /** What {@code numpy.save} wrote for {@code numpy.int64([[0, 1, 2], [3, 4, 300]])}. */
  @Test
  void readsWhatNumPyWrote() throws IOException {
    Files.write(
        folder.resolve("a.npy"),
        Base64.getDecoder()
            .decode(
                "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQAAAAAAAAALAEAAAAAAAA="));
    assertThat(values()).containsExactly(0, 1, 2, 3, 4, 300);
  }

  @ParameterizedTest
  @CsvSource({
    "|u1, '2, 3', 000102030409",
    "|i1, '2, 3, 1', 000102030409",
    "|b1, '2, 3', 000100010001",
    ">u2, '1, 2, 3', 000000010002000300040009",
    "<i4, '2, 3', 000000000100000002000000030000000400000009000000",
    "<f4, '2, 3', 000000000000803f0000004000004040000080400000a040"
  })
  void numbersOfEveryTypeAreTaken(String type, String shape, String hex) throws IOException {
    write(type, "False", shape, bytes(hex));
    int[] expected =
        type.equals("|b1")
            ? new int[] {0, 1, 0, 1, 0, 1}
            : new int[] {0, 1, 2, 3, 4, type.equals("<f4") ? 5 : 9};
    assertThat(values()).containsExactly(expected);
  }

  @Test
  void columnsFirstIsTurned() throws IOException {
    write("|u1", "True", "2, 3", bytes("000301040209"));
    assertThat(values()).containsExactly(0, 1, 2, 3, 4, 9);
  }

  @Test
  void oneHotIsTheCategoryWhicheverAxisItLiesOn() throws IOException {
    write(
        "|b1",
        "False",
        "4, 2, 3",
        bytes("010000000001" + "000100000000" + "000001000100" + "000000010000"));
    assertThat(values()).containsExactly(0, 1, 2, 3, 2, 0);
    write(
        "|b1",
        "False",
        "2, 3, 4",
        bytes("01000000" + "00010000" + "00000100" + "00000001" + "00000100" + "01000000"));
    assertThat(values()).containsExactly(0, 1, 2, 3, 2, 0);
  }

  @Test
  void pixelsOfNoneOrSeveralCategoriesAreRefusedWithTheirNumber() throws IOException {
    Path file = write("|b1", "False", "2, 2, 3", bytes("010101010100" + "000000000001"));
    assertThat(values()).containsExactly(0, 0, 0, 0, 0, 1);
    write("|b1", "False", "2, 2, 3", bytes("010101010100" + "000000010000"));
    assertThatThrownBy(() -> Mask.read(file).values())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": expected one category at each pixel; 2 of 6 pixels have none or several; if categories may overlap, say 'decision: independent' in the network card");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000, 100000", "3, 3", "2, 3, 4, 5", "99999999999, 1"})
  void shapesThatTheFileDoesNotHoldAreBroken(String shape) throws IOException {
    Path file = write("|u1", "False", shape, bytes("000102030409"));
    assertThatThrownBy(() -> Mask.read(file)).isInstanceOf(BrokenImageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<c8", "|O", "<U3", "<f2"})
  void otherTypesAreBroken(String type) throws IOException {
    Path file = write(type, "False", "2, 3", bytes("000102030409"));
    assertThatThrownBy(() -> Mask.read(file)).isInstanceOf(BrokenImageException.class);
    Files.writeString(file, "no array");
    assertThatThrownBy(() -> Mask.read(file)).hasMessage("no file of NumPy's .npy form");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
