package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SumTargetTest {
  /** The second branch reads nothing that a cut of the first changes, but is added to it. */
  private static SmallNetwork twoBranches() {
    return new SmallNetwork()
        .weight("w1", Shape.of(2, 3, 1, 1))
        .weight("w2", Shape.of(3, 2, 1, 1))
        .weight("w3", Shape.of(5, 3, 1, 1))
        .weight("w4", Shape.of(3, 5, 1, 1))
        .node("Conv", List.of("image", "w1"), "a")
        .node("Conv", List.of("a", "w2"), "b")
        .node("Add", List.of("image", "b"), "stream")
        .node("Conv", List.of("image", "w3"), "c")
        .node("Conv", List.of("c", "w4"), "d");
  }

  @Test
  void aBranchMakesUpForWhatIsWrongInTheStreamThatItIsAddedTo() {
    Anatomy anatomy =
        twoBranches().node("Add", List.of("stream", "d"), "sum").anatomy("sum", 3, 12);
    assertThat(SmallNetwork.errorLeft(anatomy, "a", 0)).isLessThan(0.001);
  }

  @Test
  void aNormalizationOnTheWayToTheSumIsReckonedWith() {
    Anatomy anatomy =
        twoBranches()
            .weight("gamma", Shape.of(3), 2, -1, 0.5f)
            .weight("beta", Shape.of(3), 1, 2, 3)
            .weight("mean", Shape.of(3), 0, 1, 0)
            .weight("variance", Shape.of(3), 1, 4, 9)
            .node("BatchNormalization", List.of("d", "gamma", "beta", "mean", "variance"), "e")
            .node("Add", List.of("stream", "e"), "sum")
            .anatomy("sum", 3, 12);
    assertThat(SmallNetwork.errorLeft(anatomy, "a", 0)).isLessThan(0.001);
  }

  @Test
  void findsTheOtherTermBehindAConcatenation() {
    Anatomy anatomy =
        twoBranches()
            .weight("w5", Shape.of(6, 3, 1, 1))
            .node("Conv", List.of("image", "w5"), "six")
            .node("Conv", List.of("c", "w4"), "late")
            .node("Concat", List.of("d", "late"), "joined", SmallNetwork.axis(1))
            .node("Add", List.of("joined", "six"), "sum")
            .anatomy("sum", 6, 12);
    SumTarget target = SumTarget.of(anatomy, stepOf(anatomy, "late")).orElseThrow();
    assertThat(target.other()).isEqualTo("six");
    assertThat(target.first()).isEqualTo(3);
    assertThat(target.slope()).containsExactly(1, 1, 1);
  }

  /** What is added later cannot be aimed at, nor what others read as well. */
  @Test
  void aimsAtNothingThatIsNotThereYetOrReadElsewhere() {
    Anatomy anatomy =
        twoBranches()
            .node("Add", List.of("stream", "d"), "sum")
            .node("Add", List.of("sum", "d"), "twice")
            .anatomy("twice", 3, 12);
    assertThat(SumTarget.of(anatomy, stepOf(anatomy, "d"))).isEqualTo(Optional.empty());
    Anatomy early =
        new SmallNetwork()
            .weight("w", Shape.of(3, 3, 1, 1))
            .weight("v", Shape.of(3, 3, 1, 1))
            .node("Conv", List.of("image", "w"), "early")
            .node("Conv", List.of("image", "v"), "late")
            .node("Add", List.of("early", "late"), "sum")
            .anatomy("sum", 3, 12);
    assertThat(SumTarget.of(early, stepOf(early, "early"))).isEqualTo(Optional.empty());
    assertThat(SumTarget.of(early, stepOf(early, "late"))).isPresent();
  }

  private static int stepOf(Anatomy anatomy, String output) {
    for (int step = 0; step < anatomy.steps(); step++) {
      if (anatomy.node(step).outputs().contains(output)) {
        return step;
      }
    }
    throw new IllegalArgumentException(output);
  }
}
