package io.disassembler;

import io.disassembler.check.ExtractionProof;
import io.disassembler.data.Size;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Plan;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.resolution.WorkingResolution;
import io.disassembler.search.BudgetSearch;
import io.disassembler.selection.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A smaller network for some categories, cut out of a full one and proven. Its outputs are {@code
 * other} and the categories, in the order asked for. Holds no native memory.
 */
public final class SubNetwork {
  private final Shape image;
  private final Extraction.SubNetwork made;
  private final ExtractionProof proof;
  private final List<BudgetSearch.Candidate> tried;

  private SubNetwork(
      Shape image,
      Extraction.SubNetwork made,
      ExtractionProof proof,
      List<BudgetSearch.Candidate> tried) {
    this.image = image;
    this.made = made;
    this.proof = proof;
    this.tried = List.copyOf(tried);
  }

  static SubNetwork prove(
      SegmentationNetwork full, Extraction.SubNetwork made, List<BudgetSearch.Candidate> tried) {
    return new SubNetwork(
        full.input().shape(), made, ExtractionProof.of(full.input(), made, full.threads()), tried);
  }

  /** What was checked on a random image: cut equals masked, ONNX Runtime agrees. */
  public ExtractionProof proof() {
    return proof;
  }

  /** How it was made; enough to make it again. */
  public Plan plan() {
    return made.plan();
  }

  /** Names of the categories chosen. */
  public List<String> categories() {
    return made.plan().categories();
  }

  /** What it costs. */
  public Cost cost() {
    return made.cost();
  }

  /** What the full network costs. */
  public Cost fullCost() {
    return made.full();
  }

  /** Of the images that it works on inside; empty where these are as large as its input. */
  public Optional<Size> reducedSize() {
    double resolution = made.basis().resolution();
    return resolution == 1
        ? Optional.empty()
        : Optional.of(WorkingResolution.size(image, resolution));
  }

  /** The channel groups kept. */
  public Selection selection() {
    return made.selection();
  }

  /** What was cut and measured on the way; empty if the size was asked for. */
  public List<BudgetSearch.Candidate> tried() {
    return tried;
  }

  /** The network, with its card, its mapping and its plan in the metadata. */
  public Network network() {
    return made.network();
  }

  /** All that came of the extraction; for work that this type does not do. */
  public Extraction.SubNetwork extracted() {
    return made;
  }

  /**
   * Writes the network as ONNX, whole or not at all.
   *
   * @throws io.disassembler.base.InvalidInputException if the file cannot be written
   */
  public void write(Path file) {
    OnnxWriter.write(made.network(), file);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %.1f %% of the MACs, %.1f %% of the parameters",
        String.join(", ", categories()),
        100.0 * cost().macs() / fullCost().macs(),
        100.0 * cost().parameters() / fullCost().parameters());
  }
}
