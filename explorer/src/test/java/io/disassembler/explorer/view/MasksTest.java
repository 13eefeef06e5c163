package io.disassembler.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MasksTest {
  private static Masks masks(CategoryMapping mapping) {
    int[] none = {0, 0, 0};
    return new Masks(new Size(1, 3), mapping, null, none, none);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
  }

  @Test
  void numbersTakeOneByteAsLongAsThatTellsAllApart() {
    Masks few = masks(CategoryMapping.identity(names(254)));
    Masks many = masks(CategoryMapping.identity(names(255)));

    assertThat(few.bytes(new int[] {3, 254, -1})).containsExactly(3, 254, 255);
    assertThat(many.bytes(new int[] {3, 255, -1})).containsExactly(3, 0, 255, 0, 255, 255);
  }

  @Test
  void setsLeaveABitForPixelsThatAreIgnored() {
    Masks seven = masks(CategoryMapping.identity(names(7)).independently());
    Masks eight = masks(CategoryMapping.identity(names(8)).independently());
    Masks most = masks(CategoryMapping.identity(names(31)).independently());

    assertThat(seven.bytes(new int[] {0b1000001, 0b1111111, -1})).containsExactly(65, 127, 255);
    assertThat(eight.bytes(new int[] {0b11111111, 1, -1})).containsExactly(255, 0, 1, 0, 255, 255);
    assertThat(most.bytes(new int[] {Integer.MAX_VALUE, 0, 0}))
        .startsWith((byte) 255, (byte) 255, (byte) 255, (byte) 127);
  }
}
