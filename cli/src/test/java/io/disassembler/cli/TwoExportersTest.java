package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.graph.Boundary;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same weights, through whichever exporter, give the same profile and kept kernels. */
class TwoExportersTest {
  @Test
  void kerasAndPyTorchGiveTheSameProfileAndKeptKernels(@TempDir Path folder) throws IOException {
    Scenes scenes = Scenes.in(folder);
    ImageSet images = ImageSet.folder(scenes.images());
    Path torch = scenes.write("torch.onnx", TwoExporters.pytorch());
    Path keras = scenes.write("keras.onnx", TwoExporters.keras());
    try (SegmentationNetwork one = SegmentationNetwork.at(torch).threads(1).open();
        SegmentationNetwork other = SegmentationNetwork.at(keras).threads(1).open()) {
      Profile expected = one.profile(images).run();
      Profile found = other.profile(images).run();

      requireSame(expected, found);

      SubNetwork small = cut(one, expected);
      SubNetwork alike = cut(other, found);
      assertThat(alike.plan().kept()).isEqualTo(small.plan().kept());
      assertThat(alike.cost().macs()).isEqualTo(small.cost().macs());
      Path written = scenes.file("small.onnx");
      alike.write(written);
      assertThat(OnnxReader.read(written).inputs()).isEqualTo(OnnxReader.read(keras).inputs());
      assertThat(other.network().boundary()).isNotEqualTo(Boundary.PLAIN);
    }
  }

  private static Stream<Integer> shown(Profile profile) {
    return IntStream.range(0, profile.header().categories().size())
        .filter(number -> profile.category(number).images() > 0)
        .boxed();
  }

  private static SubNetwork cut(SegmentationNetwork network, Profile profile) {
    return network
        .extract(shown(profile).limit(2).toList())
        .from(profile)
        .keepMacs(0.5)
        .recovery(RecoveryMethod.RIDGE)
        .run();
  }

  /** Their feature maps are called otherwise, but come in the same order. */
  private static void requireSame(Profile expected, Profile found) {
    assertThat(found.featureMaps()).hasSameSizeAs(expected.featureMaps());
    for (int number = 0; number < expected.header().categories().size(); number++) {
      CategoryProfile one = expected.category(number);
      CategoryProfile other = found.category(number);
      assertThat(other.images()).isEqualTo(one.images());
      for (int i = 0; i < found.featureMaps().size() && one.images() > 0; i++) {
        String map = expected.featureMaps().get(i);
        String same = found.featureMaps().get(i);
        assertThat(other.forward(same)).containsExactly(one.forward(map), within(1e-4));
        assertThat(other.backward(same)).containsExactly(one.backward(map), within(1e-4));
        assertThat(other.taylor(same)).containsExactly(one.taylor(map), within(1e-4));
      }
    }
    assertThat(shown(expected).count()).isGreaterThan(1);
  }
}
