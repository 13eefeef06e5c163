package io.disassembler.check;

import io.disassembler.base.Stable;
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
 * @param cuttableShare share of the MACs that can be cut into, in [0, 1]
 * @param seconds that everything took
 */
@Stable
public record CheckResult(
    Path file,
    List<ParityCheck> parities,
    List<SkippedRun> skipped,
    List<CutCheck> cuts,
    double cuttableShare,
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
