package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.StateCheckpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a {@link TuningRun} stands: all that goes on from there depends on.
 *
 * @param run what the run is about
 * @param layout how long it is, and how fast it learns
 * @param images number of images that it looks at
 * @param step steps taken
 * @param slower what the layout's learning rate is multiplied with by now
 * @param weights the weights that training changes
 * @param optimizer what the optimizer remembers
 * @param average the average that is judged
 * @param best the best average so far
 * @param standing how good it is
 */
record TuningState(
    String run,
    TuningLayout layout,
    int images,
    int step,
    double slower,
    Map<String, Weight> weights,
    Map<String, Weight> optimizer,
    Map<String, Weight> average,
    Map<String, Weight> best,
    Standing standing) {
  /** A divergence so many times the best state's was a step too far. */
  private static final double FALL = 1.25;

  private static final String WEIGHTS = "weights/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String AVERAGE = "average/";
  private static final String BEST = "best/";

  /**
   * How good the best state is.
   *
   * @param kept the step after which it was found; 0 for the beginning
   * @param before agreement of the beginning
   * @param after agreement of the best
   * @param divergence of the best from the full network on the images held out, nats
   */
  record Standing(int kept, double before, double after, double divergence) {}

  /**
   * Where the run stands after a round. If it fell, it goes on from the best weights at half the
   * learning rate.
   *
   * @param taken steps taken
   * @param judgement of the average
   * @param last of the weights of the moment
   */
  TuningState after(
      int taken,
      TuningRun.Judgement judgement,
      TuningRun.Judgement last,
      Trainer trainer,
      WeightAverage averaged) {
    boolean better =
        judgement.divergence() < standing.divergence()
            && TuningRun.agrees(standing.before(), judgement.agreement());
    Map<String, Weight> found = averaged.weights();
    boolean fell =
        !(Math.max(judgement.divergence(), last.divergence()) <= FALL * standing.divergence());
    Map<String, Weight> kept = better ? found : best;
    return new TuningState(
        run,
        layout,
        images,
        taken,
        fell ? slower / 2 : slower,
        fell ? kept : trainer.weights(),
        trainer.optimizerState(),
        fell ? kept : found,
        kept,
        new Standing(
            better ? taken : standing.kept(),
            standing.before(),
            better ? judgement.agreement() : standing.after(),
            better ? judgement.divergence() : standing.divergence()));
  }

  /** The same from the best weights at half the learning rate. */
  TuningState fallen() {
    return new TuningState(
        run, layout, images, step, slower / 2, best, optimizer, best, best, standing);
  }

  SafeTensors toSafeTensors() {
    Map<String, Weight> all = new LinkedHashMap<>();
    TrainingState.put(all, WEIGHTS, weights);
    TrainingState.put(all, OPTIMIZER, optimizer);
    TrainingState.put(all, AVERAGE, average);
    TrainingState.put(all, BEST, best);
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put(StateCheckpoint.RUN, run);
    numbers.put("steps", Integer.toString(layout.steps()));
    numbers.put("rate", Double.toString(layout.rate()));
    numbers.put("images", Integer.toString(images));
    numbers.put("step", Integer.toString(step));
    numbers.put("slower", Double.toString(slower));
    numbers.put("kept", Integer.toString(standing.kept()));
    numbers.put("before", Double.toString(standing.before()));
    numbers.put("after", Double.toString(standing.after()));
    numbers.put("divergence", Double.toString(standing.divergence()));
    return new SafeTensors(all, numbers);
  }

  /**
   * The state in a checkpoint.
   *
   * @throws InvalidInputException if there is none in it
   */
  static TuningState from(SafeTensors content, StateCheckpoint checkpoint) {
    Map<String, String> numbers = content.metadata();
    try {
      return new TuningState(
          numbers.getOrDefault(StateCheckpoint.RUN, ""),
          new TuningLayout(integer(numbers, "steps"), real(numbers, "rate")),
          integer(numbers, "images"),
          integer(numbers, "step"),
          real(numbers, "slower"),
          TrainingState.take(content, WEIGHTS),
          TrainingState.take(content, OPTIMIZER),
          TrainingState.take(content, AVERAGE),
          TrainingState.take(content, BEST),
          new Standing(
              integer(numbers, "kept"),
              real(numbers, "before"),
              real(numbers, "after"),
              real(numbers, "divergence")));
    } catch (NumberFormatException e) {
      throw checkpoint.unreadable(e);
    }
  }

  private static int integer(Map<String, String> numbers, String name) {
    return Integer.parseInt(numbers.getOrDefault(name, ""));
  }

  private static double real(Map<String, String> numbers, String name) {
    return Double.parseDouble(numbers.getOrDefault(name, ""));
  }
}
