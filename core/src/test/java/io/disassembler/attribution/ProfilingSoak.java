package io.disassembler.attribution;

import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.testing.Soak;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Profiles many images and prints the memory that they hold. */
final class ProfilingSoak {
  private static final Size SIZE = new Size(64, 64);

  private ProfilingSoak() {}

  /**
   * @param arguments folder to write an image to, number of images, images between prints
   */
  public static void main(String[] arguments) {
    int images = Integer.parseInt(arguments[1]);
    int every = Integer.parseInt(arguments[2]);
    Network network = SmallNetwork.network(1);
    NetworkInput input = new NetworkInput("image", 1, 3, SIZE);
    ProfilingRun run =
        new ProfilingRun(
            Anatomy.of(network, input.shapes(), 1),
            input,
            NetworkCard.unnamed(SmallNetwork.CATEGORIES),
            "ab",
            new ProfilingSettings(0.3, 0, 1, false, "cpu"));
    Sample image = SampleImages.write(Path.of(arguments[0]), 1, SIZE.height(), SIZE.width()).get(0);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      samples.add(new Sample("copy%04d".formatted(i), image.image(), null));
    }
    run.run(
        samples,
        Checkpoint.none(),
        (done, total) -> {
          if (done % every == 0) {
            Soak.print();
          }
        });
  }
}
