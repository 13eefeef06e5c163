package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.Sample;
import io.disassembler.extraction.CalibrationImages;
import io.disassembler.recovery.Calibration;
import java.util.List;

/**
 * Images that closed-loop recovery follows.
 *
 * @param images from which they are drawn, all of them whatever its limit, with its seed
 * @param count how many at most
 */
public record CalibrationSet(ImageSet images, int count) {
  private static final String TASK = "Calibrating";

  /**
   * @throws InvalidInputException if too few are asked for
   */
  public CalibrationSet {
    if (count < Defaults.LEAST_CALIBRATION_IMAGES) {
      throw new InvalidInputException(
          "images to follow: expected at least %d, found %d"
              .formatted(Defaults.LEAST_CALIBRATION_IMAGES, count),
          Setting.CALIBRATION_SIZE);
    }
  }

  /** The images that are followed. */
  public ImageSet drawn() {
    return images.atMost(count);
  }

  /**
   * Runs the full network on the images.
   *
   * @throws InvalidInputException if too many cannot be read
   */
  public Calibration load(SegmentationNetwork network) {
    List<Sample> samples = drawn().samples();
    return Steps.count(
        network.progress(),
        TASK,
        samples.size(),
        step ->
            CalibrationImages.load(
                network.anatomy(),
                network.input(),
                network.card(images),
                samples,
                images.keepsGoing(),
                step::done));
  }
}
