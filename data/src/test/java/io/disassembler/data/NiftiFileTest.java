package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiFileTest {
  private static final int START = 352;

  @TempDir private Path folder = Path.of("");

  /** Header of a file of 3 x 2 x 1 numbers, x first, and room for them. */
  private static ByteBuffer file(ByteOrder order, int code, int bytes) {
    ByteBuffer file = ByteBuffer.allocate(START + 6 * bytes).order(order);
    file.putInt(0, 348);
    extents(file, 3, 3, 2, 1);
    file.putShort(70, (short) code);
    file.putFloat(108, START);
    return file.put(344, new byte[] {'n', '+', '1', 0});
  }

  private static void extents(ByteBuffer file, int... dim) {
    for (int i = 0; i < dim.length; i++) {
      file.putShort(40 + 2 * i, (short) dim[i]);
    }
  }

  private static byte[] bytes(ByteBuffer file) {
    byte[] all = new byte[file.capacity()];
    file.get(0, all);
    return all;
  }

  private Path written(ByteBuffer file) throws IOException {
    return Files.write(folder.resolve("a.nii"), bytes(file));
  }

  private ArrayFile read(ByteBuffer file) throws IOException {
    return ArrayFile.read(written(file));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 200, 0",
    "4, 2, 65336, -200",
    "8, 4, -200, -200",
    "256, 1, 200, -56",
    "512, 2, 65336, 65336",
    "768, 4, -200, 4294967096",
    "1024, 8, -200, -200"
  })
  void wholeNumbersOfEitherEnd(int code, int bytes, int bits, double expected) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer file = file(order, code, bytes);
      switch (bytes) {
        case 1 -> file.put(START, (byte) bits);
        case 2 -> file.putShort(START, (short) bits);
        case 4 -> file.putInt(START, bits);
        default -> file.putLong(START, bits);
      }
      double[] numbers = read(file).numbers();
      assertThat(numbers).hasSize(6).startsWith(code == 2 ? 200 : expected);
      assertThat(Arrays.copyOfRange(numbers, 1, 6)).containsOnly(0);
    }
  }

  @Test
  void floatsOfEitherWidthAndTheAxesTheOtherWayRound() throws IOException {
    ByteBuffer single = file(ByteOrder.BIG_ENDIAN, 16, 4);
    ByteBuffer wide = file(ByteOrder.LITTLE_ENDIAN, 64, 8);
    for (int i = 0; i < 6; i++) {
      single.putFloat(START + 4 * i, i / 4f);
      wide.putDouble(START + 8 * i, i / 4.0);
    }
    assertThat(read(single).numbers()).containsExactly(0, 0.25, 0.5, 0.75, 1, 1.25);
    assertThat(read(wide).numbers()).containsExactly(0, 0.25, 0.5, 0.75, 1, 1.25);
    assertThat(read(wide).shape()).containsExactly(1, 2, 3);
    assertThat(ArrayFile.shape(written(wide))).containsExactly(1, 2, 3);
  }

  @Test
  void numbersAreScaledUnlessTheSlopeSaysNothing() throws IOException {
    ByteBuffer file = file(ByteOrder.LITTLE_ENDIAN, 2, 1).put(START, (byte) 10);
    file.putFloat(112, 0.5f).putFloat(116, -1024);
    assertThat(read(file).numbers()[0]).isEqualTo(-1019);
    file.putFloat(112, 0);
    assertThat(read(file).numbers()[0]).isEqualTo(10);
    file.putFloat(112, Float.NaN);
    assertThat(read(file).numbers()[0]).isEqualTo(10);
  }

  @Test
  void aFourthOrFifthAxisHoldsChannels() throws IOException {
    ByteBuffer file = file(ByteOrder.LITTLE_ENDIAN, 2, 1);
    extents(file, 4, 1, 3, 1, 2);
    assertThat(read(file).shape()).containsExactly(2, 1, 3, 1);
    extents(file, 5, 1, 3, 1, 1, 2);
    assertThat(read(file).shape()).containsExactly(2, 1, 3, 1);
    extents(file, 2, 3, 2);
    assertThat(read(file).shape()).containsExactly(1, 2, 3);
  }

  @Test
  void compressed() throws IOException {
    Path zipped = folder.resolve("a.NII.GZ");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(bytes(file(ByteOrder.LITTLE_ENDIAN, 2, 1).put(START, (byte) 7)));
    }
    assertThat(ArrayFile.is(zipped)).isTrue();
    assertThat(Sample.stem(zipped)).isEqualTo("a");
    assertThat(ArrayFile.read(zipped).numbers()).containsExactly(7, 0, 0, 0, 0, 0);
    Files.write(zipped, new byte[400]);
    assertThatThrownBy(() -> ArrayFile.read(zipped)).isInstanceOf(BrokenImageException.class);
  }

  @ParameterizedTest
  @CsvSource({"32, 8", "128, 3", "1536, 16", "1, 1", "0, 1"})
  void otherTypesAreRefused(int code, int bytes) throws IOException {
    assertThatThrownBy(() -> read(file(ByteOrder.LITTLE_ENDIAN, code, bytes)))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageContaining("type " + code);
  }

  /** Where a header lies, nothing is given room for what it says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 32767 32767 1",
        "3 32767 32767 32767",
        "7 9 9 9 9 9 9 9",
        "3 0 1 1",
        "3 -2 1 1",
        "0",
        "9"
      })
  void extentsThatCannotBeAreRefused(String dim) throws IOException {
    ByteBuffer file = file(ByteOrder.LITTLE_ENDIAN, 2, 1);
    extents(file, Arrays.stream(dim.split(" ", -1)).mapToInt(Integer::parseInt).toArray());
    assertThatThrownBy(() -> read(file)).isInstanceOf(BrokenImageException.class);
  }

  @Test
  void otherFormsAreNamed() throws IOException {
    ByteBuffer second = file(ByteOrder.LITTLE_ENDIAN, 2, 1).putInt(0, 540);
    assertThatThrownBy(() -> read(second)).hasMessageContaining("NIfTI-2");
    ByteBuffer pair = file(ByteOrder.LITTLE_ENDIAN, 2, 1).put(345, (byte) 'i');
    assertThatThrownBy(() -> read(pair)).hasMessageContaining(".img");
    ByteBuffer other = file(ByteOrder.LITTLE_ENDIAN, 2, 1).putInt(0, 5);
    assertThatThrownBy(() -> read(other)).hasMessageContaining("no NIfTI file");
    ByteBuffer far = file(ByteOrder.LITTLE_ENDIAN, 2, 1).putFloat(108, Float.NaN);
    assertThatThrownBy(() -> read(far)).isInstanceOf(BrokenImageException.class);
    Path cut = Files.write(folder.resolve("b.nii"), new byte[100]);
    assertThatThrownBy(() -> ArrayFile.read(cut)).isInstanceOf(BrokenImageException.class);
  }
}
