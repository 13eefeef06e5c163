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

  /** Whether both keep the same. */
  boolean isLike(Candidate other) {
    return basis.principal() == other.basis.principal()
        && basis.resolution() == other.basis.resolution()
        && selection.kept().equals(other.selection.kept());
  }
}
