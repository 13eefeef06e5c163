package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Sha256;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network, and perhaps some that were cut from it, as executors open them: in the same way as the
 * driver did.
 *
 * @param names of the files, for messages; the full network's first
 * @param sha256 of each file, in hexadecimal
 * @param card the full network's card for the images, as YAML
 * @param height to work at, in pixels
 * @param width to work at, in pixels
 * @param output the full network's output that counts
 * @param fixed constants for inputs other than the images
 */
record SentNetworks(
    List<String> names,
    List<String> sha256,
    String card,
    int height,
    int width,
    String output,
    Map<String, List<Double>> fixed)
    implements Serializable {

  /**
   * Those that the driver has open.
   *
   * @param card the full network's, for the images
   * @throws InvalidInputException if a network is more than one file
   */
  static SentNetworks of(
      SegmentationNetwork full, List<SegmentationNetwork> others, NetworkCard card)
      throws IOException {
    if (full.size().volume()) {
      throw new InvalidInputException(
          full.file() + ": takes volumes, which are not worked on by Spark; profile it in shards");
    }
    List<String> names = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    List<SegmentationNetwork> all = new ArrayList<>(List.of(full));
    all.addAll(others);
    for (SegmentationNetwork network : all) {
      if (!network.sha256().equals(Sha256.of(network.file()))) {
        throw new InvalidInputException(
            network.file()
                + ": its weights are in side files; save it as one file to send it to executors");
      }
      names.add(String.valueOf(network.file().getFileName()));
      digests.add(network.sha256());
    }
    return new SentNetworks(
        List.copyOf(names),
        List.copyOf(digests),
        card.toYaml(),
        full.size().height(),
        full.size().width(),
        full.output(),
        full.opening().fixed());
  }

  /**
   * Networks that are open.
   *
   * @param full the full network
   * @param others those that were cut from it
   */
  record Opened(SegmentationNetwork full, List<SegmentationNetwork> others) {}

  /**
   * Opens them on this machine.
   *
   * @param files what is in each file
   */
  Opened open(List<byte[]> files, int threads) throws IOException {
    Path folder = Files.createTempDirectory("disassembler-spark");
    folder.toFile().deleteOnExit();
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      // Sub-networks may have the same name in different folders.
      written.add(kept(folder.resolve(i + "-" + names.get(i)), files.get(i)));
    }
    Path yaml =
        kept(folder.resolve("card.yaml"), card.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    SegmentationNetwork full =
        SegmentationNetwork.at(written.get(0))
            .card(yaml)
            .size(new Size(height, width))
            .fix(fixed)
            .output(output)
            .threads(threads)
            .open();
    return new Opened(
        full,
        written.subList(1, written.size()).stream()
            .map(file -> full.opening().of(file).open())
            .toList());
  }

  private static Path kept(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    file.toFile().deleteOnExit();
    return file;
  }
}
