package io.disassembler;

import io.disassembler.attribution.ChosenOutput;
import io.disassembler.base.Setting;
import io.disassembler.boundary.Presentation;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Cards;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.input.Ends;
import io.disassembler.input.FixedInputs;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SegmentationNetwork} is opened. Immutable: each method returns another.
 *
 * @param model the ONNX file
 * @param cardFile a card other than the one in its metadata or beside it; null for that
 * @param legend what masks of the data set at hand mean, for a network without a card; null if
 *     nothing says
 * @param size height and width to work at, where the file leaves them open; null for the card's, or
 *     256 x 256
 * @param fixed constants for inputs other than the images, by name: one number, or one for each
 *     element
 * @param outputName the output that counts; null for the largest, or the first of equal ones
 * @param threads to compute with, at least 1
 * @param device where to profile: {@code cpu}, {@code cuda} or {@code cuda:INDEX}
 * @param progress hears how far all work with the network is
 */
public record Opening(
    Path model,
    @Nullable Path cardFile,
    @Nullable Legend legend,
    @Nullable Size size,
    Map<String, List<Double>> fixed,
    @Nullable String outputName,
    int threads,
    String device,
    ProgressListener progress) {

  Opening(Path model) {
    this(
        model,
        null,
        null,
        null,
        Map.of(),
        null,
        Defaults.threads(),
        Defaults.DEVICE,
        ProgressListener.NONE);
  }

  /** With another model, which has a card and an output of its own. */
  public Opening of(Path other) {
    return new Opening(other, null, legend, size, Map.of(), null, threads, device, progress);
  }

  /** With this card, whatever the file or its neighbours say; null for those. */
  public Opening card(@Nullable Path yaml) {
    return new Opening(model, yaml, legend, size, fixed, outputName, threads, device, progress);
  }

  /** With names from a data set, for a network without a card. */
  public Opening legend(@Nullable Legend dataSet) {
    return new Opening(
        model, cardFile, dataSet, size, fixed, outputName, threads, device, progress);
  }

  /** At another size, where the file leaves it open; null for the card's. */
  public Opening size(@Nullable Size other) {
    return new Opening(
        model, cardFile, legend, other, fixed, outputName, threads, device, progress);
  }

  /**
   * With constants for inputs other than the images.
   *
   * @param values for each of them one number for all its elements, or one for each
   */
  public Opening fix(Map<String, List<Double>> values) {
    return new Opening(
        model, cardFile, legend, size, values, outputName, threads, device, progress);
  }

  /** With the output of this name; null for the largest, or the first of equal ones. */
  public Opening output(@Nullable String name) {
    return new Opening(model, cardFile, legend, size, fixed, name, threads, device, progress);
  }

  /** With so many threads, at least 1. */
  public Opening threads(int count) {
    return new Opening(model, cardFile, legend, size, fixed, outputName, count, device, progress);
  }

  /** Profiled on this device, as libtorch spells it. */
  public Opening device(String name) {
    return new Opening(model, cardFile, legend, size, fixed, outputName, threads, name, progress);
  }

  /** With someone who hears how far all work with it is. */
  public Opening progress(ProgressListener listener) {
    return new Opening(model, cardFile, legend, size, fixed, outputName, threads, device, listener);
  }

  /**
   * Reads the network and takes it apart.
   *
   * @throws io.disassembler.base.InvalidInputException if it cannot be read, run or taken apart, or
   *     the card does not fit it
   */
  public SegmentationNetwork open() {
    Network stored = FixedInputs.in(Presentation.floats(OnnxReader.read(model)), fixed);
    Optional<NetworkCard> known = Cards.find(model, cardFile, stored.metadata());
    Network shown = Ends.images(stored, known.map(NetworkCard::inputLayout).orElse(null));
    Size preferred = size != null ? size : known.map(NetworkCard::size).orElse(null);
    NetworkInput input = NetworkInput.of(shown, preferred);
    Network chosen =
        outputName != null
            ? ChosenOutput.named(shown, outputName)
            : ChosenOutput.first(
                shown,
                input.shapes(),
                known
                    .map(card -> OptionalInt.of(card.categories().size()))
                    .orElse(OptionalInt.empty()),
                threads,
                message -> progress.warned(message, Setting.OUTPUT));
    Layout scores = known.map(NetworkCard::outputLayout).orElse(null);
    Network network = Ends.scores(chosen, input, scores, threads);
    if (known.map(card -> card.inputLayout() == null).orElse(true)) {
      Ends.note(network)
          .ifPresent(
              note -> progress.warned("%s: in the file %s".formatted(model, note), Setting.CARD));
    }
    return new SegmentationNetwork(
        this, network, input, Anatomy.of(network, input.shapes(), threads));
  }

  NetworkCard card(Map<String, String> metadata, int categories, int channels) {
    NetworkCard card = Cards.resolve(model, cardFile, metadata, categories, legend);
    boolean silent = Cards.find(model, cardFile, metadata).isEmpty();
    // One channel can be nothing else.
    return silent && channels == 1 ? card.inGray() : card;
  }
}
