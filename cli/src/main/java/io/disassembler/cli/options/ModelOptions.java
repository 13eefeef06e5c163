package io.disassembler.cli.options;

import io.disassembler.attribution.ChosenOutput;
import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Cards;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command works on, and how to run it. */
public final class ModelOptions {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The trained network, an ONNX file.")
  private Path model = Path.of("");

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description =
          "What the ONNX file does not say (category names, colours, sizes), as YAML; see docs/card.md. Default: MODEL's metadata, or the .yaml next to it.")
  private @Nullable Path card;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      description =
          "Height and width to work at, such as 192x256, where the model leaves it open. Default: the card's, or 256x256.",
      converter = SizeConverter.class)
  private @Nullable Size size;

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description =
          "The output to work on, where MODEL has several, such as auxiliary heads; what only the others need is left out. Default: the first with spatial axes.")
  private @Nullable String outputName;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: one for each core.",
      converter = ThreadsConverter.class)
  private int threads = Runtime.getRuntime().availableProcessors();

  /** The model's file. */
  public Path file() {
    return model;
  }

  /** Number of threads to compute with. */
  public int threads() {
    return threads;
  }

  /** Reads the model and takes it apart. */
  public LoadedModel load() {
    return load(model);
  }

  /** Reads another model at the same size. */
  public LoadedModel load(Path file) {
    Engine.setThreads(threads);
    Network stored = OnnxReader.read(file);
    NetworkInput input = NetworkInput.of(stored, size != null ? size : cardSize(file, stored));
    Network network =
        outputName != null && file.equals(model)
            ? ChosenOutput.named(stored, outputName)
            : ChosenOutput.first(stored, input.shapes());
    return new LoadedModel(file, network, input, Anatomy.of(network, input.shapes()));
  }

  /** The card of a model that was read. */
  public NetworkCard card(LoadedModel loaded) {
    return card(loaded, null);
  }

  /**
   * The same where images are at hand.
   *
   * @param legend what the masks of the data set mean, for a model without a card; null if the data
   *     set does not say
   */
  public NetworkCard card(LoadedModel loaded, @Nullable Legend legend) {
    return Cards.resolve(
        loaded.file(),
        loaded.file().equals(model) ? card : null,
        loaded.source().metadata(),
        Logits.of(loaded.anatomy()).categories(),
        legend);
  }

  private @Nullable Size cardSize(Path file, Network network) {
    return Cards.find(file, file.equals(model) ? card : null, network.metadata())
        .map(NetworkCard::size)
        .orElse(null);
  }
}
