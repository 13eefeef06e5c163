package io.disassembler.training;

import io.disassembler.data.Sample;
import java.util.List;

/** What becomes of BatchNormalization in training. */
public enum Normalization {
  /** It normalises by the statistics of each batch; the stored ones follow. */
  TRAINED,

  /** It keeps to the stored statistics. */
  FROZEN,

  /**
   * As {@link #TRAINED}, and layers into which it seems to have been folded get theirs back, with
   * the statistics of some training images, so that nothing changes at first; in the end all are
   * folded.
   */
  RESTORED {
    @Override
    Trainee prepare(Trainee trainee, List<Sample> samples, boolean keepGoing) {
      return RestoredNormalization.of(trainee, samples, keepGoing)
          .exportedBy(FoldedNormalization.in(trainee.input(), trainee.threads()));
    }
  };

  /** The network as it is to be trained. */
  Trainee prepare(Trainee trainee, List<Sample> samples, boolean keepGoing) {
    return trainee;
  }
}
