package io.disassembler.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.disassembler.graph.Shape;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link CheckResult}. */
record CheckJson(
    Path file,
    boolean holds,
    double largestRelativeError,
    double cuttableMacsShare,
    List<Missing> missing,
    int channelGroups,
    double seconds,
    List<Run> runs,
    List<Skipped> skipped,
    List<Cut> cuts) {

  static CheckJson of(CheckResult result) {
    return new CheckJson(
        result.file(),
        result.holds(),
        result.largestError(),
        result.inspection().cuttableShare(),
        result.inspection().missing().entrySet().stream()
            .map(part -> new Missing(part.getKey(), part.getValue()))
            .toList(),
        result.channelGroups(),
        result.seconds(),
        result.parities().stream().map(Run::of).toList(),
        result.skipped().stream().map(run -> new Skipped(run.input(), run.reason())).toList(),
        result.cuts().stream().map(Cut::of).toList());
  }

  private record Missing(String reason, long macs) {}

  private record Run(Shape input, Compared againstOnnxRuntime, double seconds) {
    static Run of(ParityCheck parity) {
      return new Run(parity.input(), Compared.of(parity.difference()), parity.seconds());
    }
  }

  private record Skipped(Shape input, String reason) {}

  private record Cut(
      int cut,
      double keptMacsShare,
      Compared againstMasked,
      Compared againstOnnxRuntime,
      double seconds) {
    static Cut of(CutCheck cut) {
      return new Cut(
          cut.number(),
          cut.keptMacs(),
          Compared.of(cut.masked()),
          Compared.of(cut.runtime()),
          cut.seconds());
    }
  }

  private record Compared(
      boolean holds,
      double relativeError,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double sameCategory,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String failure,
      double tolerance,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String note) {
    static Compared of(Difference difference) {
      return new Compared(
          difference.holds(),
          difference.relative(),
          difference.agreement().map(Agreement::share).orElse(null),
          difference.failure(),
          difference.tolerance(),
          difference.note());
    }
  }
}
