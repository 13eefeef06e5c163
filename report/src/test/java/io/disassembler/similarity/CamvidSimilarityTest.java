package io.disassembler.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Cards;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.testing.Shared;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CamvidSimilarityTest {
  private static Profile profile(List<Sample> samples) {
    Path model = Shared.model("unet-camvid.onnx");
    Network network = OnnxReader.read(model);
    NetworkCard card = Cards.resolve(model, null, network.metadata(), 11);
    NetworkInput input = NetworkInput.of(network, card.size());
    return new ProfilingRun(
            Anatomy.of(network, input.shapes()),
            input,
            card,
            "unet",
            new ProfilingSettings(0.9, 0, 1, false, "cpu"))
        .run(samples, Checkpoint.none(), (done, total) -> {});
  }

  /** The paper's finding, on real photographs. */
  @Test
  void imagesOfOneCategoryExciteMoreSimilarChannelsThanImagesOfDifferentOnes() {
    Path camvid = Shared.file("camvid");
    List<Sample> samples =
        ImageFolder.open(camvid.resolve("images/train"), camvid.resolve("masks/train"))
            .sample(6, 0);
    Profile profile = profile(samples);
    List<String> maps = profile.featureMaps();

    LayerSimilarity found =
        LayerSimilarity.of(profile, maps.get(maps.size() - 1), Attribution.FORWARD);

    assertThat(found.categories()).hasSizeGreaterThan(5);
    Estimate inside = Objects.requireNonNull(found.within());
    Estimate outside = Objects.requireNonNull(found.between());
    Estimate difference = Objects.requireNonNull(found.difference());
    assertThat(inside.low()).isGreaterThan(outside.high());
    assertThat(difference.low()).isGreaterThan(0.5);
    for (int c = 0; c < found.categories().size(); c++) {
      for (int d = 0; d < c; d++) {
        assertThat(found.mean(c, c)).isGreaterThan(found.mean(c, d));
        assertThat(found.mean(d, d)).isGreaterThan(found.mean(c, d));
      }
    }
  }
}
