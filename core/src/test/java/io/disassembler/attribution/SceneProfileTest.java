package io.disassembler.attribution;

import static io.disassembler.profile.ProfileAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Cards;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.testing.Bundled;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneProfileTest {
  private static final int CAR = 8;

  private static Profile profile(List<Sample> samples, int batch) {
    Path model = Bundled.network();
    Network network = OnnxReader.read(model);
    NetworkCard card = Cards.resolve(model, null, network.metadata(), 10);
    NetworkInput input = NetworkInput.of(network, card.size());
    return new ProfilingRun(
            Anatomy.of(network, input.shapes()),
            input,
            card,
            "street",
            new ProfilingSettings(0.9, 0, batch, false, "cpu"))
        .run(samples, Checkpoint.none(), (done, total) -> {});
  }

  @Test
  void halvesOfTheImagesMergeToTheWhole() {
    List<Sample> samples = ImageFolder.open(Bundled.images(), Bundled.masks()).sample(5, 1);
    Profile whole = profile(samples, 2);
    Profile merged = profile(samples.subList(0, 2), 2).merge(profile(samples.subList(2, 5), 2));
    assertSame(merged, whole, 1e-6);

    CategoryProfile car = whole.category(CAR);
    assertThat(whole.header().categories().get(CAR)).isEqualTo("car");
    assertThat(car.images()).isPositive();
    for (String map : whole.featureMaps()) {
      assertThat(Arrays.stream(car.forward(map)).sum()).isCloseTo(1, within(1e-9));
      assertThat(Arrays.stream(car.backward(map)).max().orElse(0)).isCloseTo(1, within(1e-9));
    }
  }
}
