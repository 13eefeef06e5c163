package io.disassembler.training;

/**
 * What one epoch brought.
 *
 * @param epoch number of epochs done; 0 before the first one
 * @param loss mean loss over its steps
 * @param learningRate the rate of its last step
 * @param validation on the validation images after it
 * @param improved whether that is the best so far
 * @param trainingSeconds time that the steps took
 * @param images number of images that the steps saw
 * @param progress share of the run that is done, in [0, 1]
 */
public record EpochReport(
    int epoch,
    double loss,
    double learningRate,
    ValidationResult validation,
    boolean improved,
    double trainingSeconds,
    int images,
    double progress) {}
