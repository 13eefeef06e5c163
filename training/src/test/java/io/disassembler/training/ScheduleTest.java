package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void theRateRisesAndFallsAlongACosine() {
    Schedule schedule = new Schedule(0.2, 0.1);
    assertThat(schedule.rate(0.05)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.rate(0.1)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.rate(0.55)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.rate(1)).isCloseTo(0, within(1e-12));
    assertThat(new Schedule(0.2, 0).rate(0)).isEqualTo(0.2);
  }

  @Test
  void theLengthIsUsedUpByStepsOrByTime() {
    TrainingLength length = new TrainingLength(4, 2);
    assertThat(length.progress(10, 10, 12)).isEqualTo(0.25);
    assertThat(length.progress(10, 10, 60)).isEqualTo(0.5);
    assertThat(length.progress(10, 10, 600)).isEqualTo(1);
    assertThat(TrainingLength.ofEpochs(4).progress(20, 10, 1e9)).isEqualTo(0.5);
  }
}
