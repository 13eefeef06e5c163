package io.disassembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import io.disassembler.data.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final int SHARES = 4;

  /** Number 17 has no mask. */
  private static ImageSet images() {
    List<Sample> samples =
        IntStream.range(0, 40)
            .mapToObj(
                i -> {
                  Path file = Path.of("frame%02d.png".formatted(i));
                  return new Sample("frame%02d".formatted(i), file, i == 17 ? null : file);
                })
            .toList();
    return ImageSet.of("frames", new DataSet(samples, null));
  }

  @Test
  void sharesOfWhatWasDrawnMakeAllThatWasDrawn() {
    ImageSet drawn = images().atMost(20).withSeed(3);
    List<Sample> shared = new ArrayList<>();
    for (int k = 1; k <= SHARES; k++) {
      ImageSet share = drawn.shard(new Shard(k, SHARES));
      assertThat(share.size()).isEqualTo(share.samples().size());
      shared.addAll(share.samples());
    }
    assertThat(shared).containsExactlyInAnyOrderElementsOf(drawn.samples());
  }

  /** Profiles with and without labels could not be added up. */
  @Test
  void allSharesHaveLabelsOrNone() {
    for (int k = 1; k <= SHARES; k++) {
      assertThat(images().shard(new Shard(k, SHARES)).drawnLabelled()).isFalse();
    }
  }
}
