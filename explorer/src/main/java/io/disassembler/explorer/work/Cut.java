package io.disassembler.explorer.work;

import io.disassembler.evaluation.Latency;
import io.disassembler.extraction.Plan;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.selection.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sub-network, as far as it is made and measured.
 *
 * @param selection the channel groups that are kept
 * @param cost what it costs
 * @param file the sub-network, ready to be run; null until it is cut
 * @param plan how it was made; null until it is cut
 * @param bytes size of the file
 * @param quality against the full network; null until it is measured
 * @param latency of the full network and of this; empty until it is measured
 */
public record Cut(
    CutRequest request,
    Selection selection,
    Cost cost,
    @Nullable TemporaryModel file,
    @Nullable Plan plan,
    long bytes,
    @Nullable Quality quality,
    List<Latency> latency) {

  static Cut selected(CutRequest request, Selection selection, Cost cost) {
    return new Cut(request, selection, cost, null, null, 0, null, List.of());
  }

  Cut written(TemporaryModel written, Plan made, long size) {
    return new Cut(request, selection, cost, written, made, size, null, List.of());
  }

  Cut judged(Quality found) {
    return new Cut(request, selection, cost, file, plan, bytes, found, latency);
  }

  Cut timed(List<Latency> found) {
    return new Cut(request, selection, cost, file, plan, bytes, quality, found);
  }
}
