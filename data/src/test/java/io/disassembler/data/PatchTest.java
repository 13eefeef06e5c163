package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
  private static final Size SIZE = new Size(4, 3, 2);

  @ParameterizedTest
  @CsvSource({"4, 3, 2, 1", "8, 3, 2, 2", "9, 7, 5, 27", "1, 1, 1, 1", "5, 2, 9, 10"})
  void patchesHaveEveryVoxelAsTheirOwnOnce(int depth, int height, int width, int count) {
    Size volume = new Size(depth, height, width);
    List<Patch> patches = Patch.of(volume, SIZE);
    int[] seen = new int[volume.area()];
    for (Patch patch : patches) {
      int[] places = patch.places(volume, SIZE);
      int[] own = patch.ownPlaces(volume, SIZE);
      for (int i = 0; i < own.length; i++) {
        assertThat(own[i]).isIn(-1, places[i]);
        if (own[i] >= 0) {
          seen[own[i]]++;
        }
      }
    }
    assertThat(patches).hasSize(count).startsWith(Patch.FIRST);
    assertThat(seen).containsOnly(1);
  }

  @Test
  void theLastEndsWhereTheVolumeDoes() {
    Size volume = new Size(5, 3, 2);
    Patch last = Patch.of(volume, SIZE).get(1);
    assertThat(last).isEqualTo(new Patch(1, 0, 0));
    assertThat(last.places(volume, SIZE)[0]).isEqualTo(6);
    assertThat(last.places(volume, SIZE)[23]).isEqualTo(29);
    assertThat(last.ownPlaces(volume, SIZE)).startsWith(-1).endsWith(29).containsOnlyOnce(24);
  }

  @Test
  void beyondASmallerVolumeThereIsNothing() {
    int[] places = Patch.FIRST.places(new Size(1, 1, 1), SIZE);
    assertThat(places).hasSize(24).startsWith(0).containsOnlyOnce(0);
  }
}
