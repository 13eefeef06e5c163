package io.disassembler.check;

import io.disassembler.base.Stable;
import io.disassembler.channel.Inspection;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was tried of a network and how it went.
 *
 * @param file the network
 * @param parities our engine against ONNX Runtime, for each input tried
 * @param skipped inputs that ONNX Runtime cannot run either
 * @param cuts cuts at random selections
 * @param channelGroups how many channel groups there are to choose from
 * @param inspection what can be cut into, and what stands in the way of the rest
 * @param seconds that everything took
 */
@Stable
public record CheckResult(
    Path file,
    List<ParityCheck> parities,
    List<SkippedRun> skipped,
    List<CutCheck> cuts,
    int channelGroups,
    Inspection inspection,
    double seconds) {

  public CheckResult {
    parities = List.copyOf(parities);
    skipped = List.copyOf(skipped);
    cuts = List.copyOf(cuts);
  }

  /** Whether every comparison holds. */
  public boolean holds() {
    return parities.stream().allMatch(ParityCheck::holds)
        && cuts.stream().allMatch(CutCheck::holds);
  }

  /** The largest relative difference of all comparisons. */
  public double largestError() {
    return Stream.concat(
            parities.stream().map(ParityCheck::difference),
            cuts.stream().flatMap(cut -> Stream.of(cut.masked(), cut.runtime())))
        .mapToDouble(Difference::relative)
        .max()
        .orElse(0);
  }
}
