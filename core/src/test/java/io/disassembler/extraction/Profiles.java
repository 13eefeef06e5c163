package io.disassembler.extraction;

import io.disassembler.attribution.FeatureMaps;
import io.disassembler.attribution.Logits;
import io.disassembler.attribution.Profiler;
import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Cards;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.graph.Shape;
import io.disassembler.input.NetworkInput;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileHeader;
import io.disassembler.testing.Bundled;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Profiles of networks over random images, and of the bundled network over its scenes. */
public final class Profiles {
  private Profiles() {}

  /**
   * A profile of the bundled network over some of the bundled scenes, with their masks.
   *
   * @param images how many
   */
  public static Profile ofScenes(Anatomy anatomy, NetworkInput input, int images) {
    NetworkCard card =
        Cards.resolve(
            Bundled.network(), null, anatomy.network().metadata(), Logits.of(anatomy).categories());
    List<Sample> scenes = ImageFolder.open(Bundled.images(), Bundled.masks()).sample(images, 1);
    return new ProfilingRun(anatomy, input, card, "street", ProfilingSettings.withSeed(0))
        .run(scenes, Checkpoint.none(), (done, total) -> {});
  }

  /** A profile of {@code anatomy} over {@code images} normally distributed images. */
  public static Profile random(Anatomy anatomy, int images, long seed) {
    Logits logits = Logits.of(anatomy);
    List<FeatureMap> maps = FeatureMaps.of(anatomy, logits);
    String input = anatomy.network().inputs().get(0).name();
    Shape shape = anatomy.probe().shape(input).with(0, 1);
    Size size = new Size(Math.toIntExact(shape.dimension(2)), Math.toIntExact(shape.dimension(3)));
    ProfileHeader header =
        new ProfileHeader(
            "none",
            IntStream.range(0, logits.categories()).mapToObj(c -> "c" + c).toList(),
            0.01,
            seed,
            size,
            false,
            "test");
    ProfileAccumulator sum = new ProfileAccumulator(header, maps);
    Random random = new Random(seed);
    try (Engine engine = Engine.of(anatomy.program())) {
      Profiler profiler = new Profiler(engine, input, logits, maps, header);
      for (int i = 0; i < images; i++) {
        float[] pixels = new float[Math.toIntExact(shape.elements())];
        for (int p = 0; p < pixels.length; p++) {
          pixels[p] = (float) random.nextGaussian();
        }
        Sample sample = new Sample("image" + i, Path.of("image" + i + ".png"), null);
        profiler.profile(List.of(new LoadedImage(i, sample, size, pixels, null))).forEach(sum::add);
      }
    }
    return sum.toProfile();
  }
}
