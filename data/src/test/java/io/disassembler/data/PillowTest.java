package io.disassembler.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.Sha256;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that Pillow wrote, and the numbers that it decodes them to: {@code pillow.py}. */
class PillowTest {
  private static final Properties IMAGES = images();

  @TempDir private Path folder = Path.of("");

  private static Properties images() {
    Properties images = new Properties();
    try (Reader reader =
        new InputStreamReader(
            requireNonNull(PillowTest.class.getResourceAsStream("pillow.properties")), US_ASCII)) {
      images.load(reader);
      return images;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Set<String> names() {
    return new TreeSet<>(IMAGES.stringPropertyNames());
  }

  @ParameterizedTest
  @MethodSource("names")
  void decodesToPillowsNumbers(String name) throws IOException {
    String[] parts = IMAGES.getProperty(name).split(" ", -1);
    Path file = Files.write(folder.resolve(name), Base64.getDecoder().decode(parts[0]));
    assertThat(ImageDecoder.decode(file).samples()).isEqualTo(Base64.getDecoder().decode(parts[1]));
  }

  /** The whole of a photograph in CMYK, by the digest of what Pillow 12 makes of it. */
  @Test
  void decodesCmykToPillowsNumbers() {
    assertThat(Sha256.of(ImageDecoder.read(Shared.file("cases/cmyk.jpg")).samples()))
        .isEqualTo("1786cd8b08c43c1565eba7dbcf5fadf91ac0b4c81a5b17a4b4060365fbe85c07");
  }

  /** Pillow clips these at 255, which shows white or black; nobody can have meant that. */
  @ParameterizedTest
  @CsvSource({
    "32, 3, grey of 32-bit floating point",
    "64, 3, grey of 64-bit floating point",
    "32, 1, grey of 32-bit integers",
    "32, 2, grey of 32-bit integers",
    "16, 2, grey of 16-bit integers with sign"
  })
  void samplesThatAreNoColoursAreRefused(int bits, int format, String found) throws IOException {
    Path file =
        Tiff.of(2, 2, bits).format(format).page(new byte[bits / 2]).write(folder.resolve("a.tif"));
    assertThatThrownBy(() -> ImageDecoder.decode(file))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage(
            "expected grey, RGB or CMYK of 8 or 16 bits without sign, found %s; convert it to 8 bits"
                .formatted(found));
  }
}
