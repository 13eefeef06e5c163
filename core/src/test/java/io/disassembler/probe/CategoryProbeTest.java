package io.disassembler.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.testing.Bundled;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoryProbeTest {
  private static final ImageSet IMAGES = ImageSet.folder(Bundled.images());

  private static ProbedNetwork probed(SegmentationNetwork full, double macs, Path file) {
    full.extract("car")
        .from(full.profile(IMAGES.atMost(4)).run())
        .keepMacs(macs)
        .recovery(RecoveryMethod.RIDGE)
        .run()
        .write(file);
    List<ProbedNetwork> probed = full.evaluate(IMAGES.atMost(16)).of(file).probe();
    assertThat(probed).hasSize(1);
    return probed.get(0);
  }

  @Test
  void ofAllThatIsKeptAsMuchIsReadAsFromTheFullNetwork(@TempDir Path folder) {
    try (SegmentationNetwork full = SegmentationNetwork.at(Bundled.network()).threads(1).open()) {
      ProbedNetwork whole = probed(full, 1, folder.resolve("whole.onnx"));
      ProbedNetwork small = probed(full, 0.1, folder.resolve("small.onnx"));

      assertThat(whole.removed()).hasSizeGreaterThan(3);
      assertThat(whole.removed())
          .allSatisfy(removed -> assertThat(removed.iou()).isEqualTo(removed.fullIou()));
      assertThat(whole.meanIou().orElseThrow()).isGreaterThan(0.3);
      assertThat(small.removed())
          .extracting(ProbedNetwork.RemovedCategory::name)
          .containsExactlyElementsOf(
              whole.removed().stream().map(ProbedNetwork.RemovedCategory::name).toList())
          .doesNotContain("car");
      assertThat(small.meanFullIou()).isEqualTo(whole.meanFullIou());
      assertThat(small.meanIou().orElseThrow())
          .isLessThan(small.meanFullIou().orElseThrow() - 0.05);
    }
  }

  @Test
  void networksThatWereNotCutAndTooFewImagesAreRefused(@TempDir Path folder) {
    try (SegmentationNetwork full = SegmentationNetwork.at(Bundled.network()).threads(1).open()) {
      assertThatThrownBy(() -> full.evaluate(IMAGES).of(Bundled.network()).probe())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no sub-network");
      assertThatThrownBy(() -> full.evaluate(IMAGES.atMost(3)).probe())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected at least 4 images");
    }
  }
}
