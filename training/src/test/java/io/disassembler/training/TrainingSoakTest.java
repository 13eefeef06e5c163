package io.disassembler.training;

import io.disassembler.testing.Soak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSoakTest {
  private static final int STEPS = 18_000;
  private static final int EVERY = 1_500;

  // A tensor forgotten in each step takes several hundred bytes; Java itself grows by a page at
  // times.
  private static final long TOLERATED = 100L * EVERY;

  @ParameterizedTest
  @CsvSource({"ADAMW,labels", "SGD,teacher"})
  void memoryDoesNotGrowWithTheNumberOfSteps(String optimizer, String objective) throws Exception {
    Soak.assertFlat(
        STEPS / EVERY, TOLERATED, TrainingSoak.class, optimizer, objective, "" + STEPS, "" + EVERY);
  }
}
