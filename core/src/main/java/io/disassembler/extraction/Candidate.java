package io.disassembler.extraction;

import io.disassembler.base.Stable;
import io.disassembler.principal.Basis;
import io.disassembler.selection.Selection;

/**
 * Channels that a sub-network may keep.
 *
 * @param basis what they are selected from
 */
@Stable
public record Candidate(Basis basis, Selection selection) {

  /** Whether both are of principal channels, or both of the network's own. */
  boolean isOfKind(Candidate other) {
    return basis.principal() == other.basis.principal();
  }

  /** Whether all channels are kept. */
  boolean isWhole() {
    return selection.kept().cardinality() == basis.anatomy().groups().groups().size();
  }

  /** Whether both keep the same. */
  boolean isLike(Candidate other) {
    return isOfKind(other)
        && basis.resolution() == other.basis.resolution()
        && selection.kept().equals(other.selection.kept());
  }
}
