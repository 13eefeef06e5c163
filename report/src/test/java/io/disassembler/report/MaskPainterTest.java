package io.disassembler.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskPainterTest {
  private static final Size SIZE = new Size(1, 5);
  private static final CategoryMapping MAPPING =
      CategoryMapping.of(List.of("sky", "road", "car"), List.of(1, 2));

  @Test
  void differencesSayWhoSeesWhat() {
    int[] full = {0, 1, 0, 1, 2};
    int[] network = {0, 0, 2, 2, 2};

    BufferedImage found = painter(MAPPING).difference(full, network, SIZE);

    assertThat(found.getRGB(0, 0) & 0xFFFFFF).isZero();
    assertThat(found.getRGB(1, 0) & 0xFFFFFF).isEqualTo(over(MaskPainter.LOST));
    assertThat(found.getRGB(2, 0) & 0xFFFFFF).isEqualTo(over(MaskPainter.GAINED));
    assertThat(found.getRGB(3, 0) & 0xFFFFFF).isEqualTo(over(MaskPainter.CONFUSED));
    assertThat(found.getRGB(4, 0) & 0xFFFFFF).isZero();
  }

  @Test
  void otherAndIgnoredPixelsAreNotPainted() {
    BufferedImage found = painter(MAPPING).categories(new int[] {0, -1, 1, 2, 3}, SIZE);

    assertThat(found.getRGB(0, 0) & 0xFFFFFF).isZero();
    assertThat(found.getRGB(1, 0) & 0xFFFFFF).isZero();
    assertThat(found.getRGB(2, 0) & 0xFFFFFF).isEqualTo(over(MaskPainter.color(MAPPING, 1)));
    assertThat(found.getRGB(3, 0) & 0xFFFFFF).isEqualTo(over(MaskPainter.color(MAPPING, 2)));
    assertThat(found.getRGB(4, 0) & 0xFFFFFF).isZero();
  }

  @Test
  void withoutOtherEveryCategoryHasAColourOfItsOwn() {
    CategoryMapping all =
        CategoryMapping.identity(
            java.util.stream.IntStream.range(0, 40).mapToObj(i -> "c" + i).toList());

    assertThat(java.util.stream.IntStream.range(0, 40).map(c -> MaskPainter.color(all, c)).boxed())
        .doesNotHaveDuplicates()
        .doesNotContain(MaskPainter.NONE);
  }

  @Test
  void largeImagesAreScaledDown() {
    Size large = new Size(600, 1200);
    MaskPainter painter =
        new MaskPainter(MAPPING, new BufferedImage(2400, 1200, BufferedImage.TYPE_INT_RGB), large);

    BufferedImage found = painter.categories(new int[large.area()], large);

    assertThat(found.getWidth()).isEqualTo(320);
    assertThat(found.getHeight()).isEqualTo(160);
  }

  /** Over a black photograph. */
  private static int over(int color) {
    int mixed = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      mixed |= (int) Math.round(0.65 * (color >> shift & 0xFF)) << shift;
    }
    return mixed;
  }

  private static MaskPainter painter(CategoryMapping mapping) {
    return new MaskPainter(mapping, new BufferedImage(5, 1, BufferedImage.TYPE_INT_RGB), SIZE);
  }
}
