package io.disassembler.base;

/**
 * What a person can set, by the domain's own names. A complaint ({@link InvalidInputException})
 * says which settings would help; only the command line knows what its options are called.
 */
public enum Setting {
  /** What the file does not say of a network. */
  CARD,
  /** Constants for inputs other than the images. */
  FIXED_INPUTS,
  /** Which of a network's outputs counts. */
  OUTPUT,
  /** Where it is computed. */
  DEVICE,
  /** How many of the images are used at most. */
  IMAGE_LIMIT,
  /** Which share of the images is used. */
  SHARD,
  /** Whether images count that show the same as others. */
  COPIES,
  /** How many pixels an image may have. */
  IMAGE_PIXELS,
  /** Whether the work goes on however many images are broken. */
  BROKEN_IMAGES,
  /** How many images are in one pass. */
  BATCH,
  /** The seed of every random choice. */
  SEED,
  /** The probability from which a prediction is confident. */
  CONFIDENCE_THRESHOLD,
  /** The categories that are chosen. */
  CATEGORIES,
  /** What ranks channels. */
  CRITERION,
  /** Scores of channels that were computed elsewhere. */
  SCORES,
  /** The resolution that a sub-network works at. */
  RESOLUTION,
  /** The share of the MACs that may stay. */
  MACS_BUDGET,
  /** The share of the parameters that may stay. */
  PARAMETERS_BUDGET,
  /** Least forward attribution of a kernel that is kept. */
  ALPHA,
  /** Least backward attribution of a kernel that is kept. */
  BETA,
  /** How what is lost is made up for. */
  RECOVERY,
  /** The images that closed-loop recovery follows. */
  CALIBRATION_IMAGES,
  /** How many of them it follows. */
  CALIBRATION_SIZE,
  /** The least retention of each category. */
  RETENTION_FLOOR,
  /** The longest time for one image. */
  LATENCY_CEILING,
  /** The longest time for one image, as a share of the full network's. */
  LATENCY_SHARE,
  /** The feature map that is drawn. */
  FEATURE_MAP,
  /** The network inside which an architecture begins. */
  BACKBONE,
  /** Whether a run that was stopped goes on. */
  RESUMPTION,
  /** The name or address that the explorer listens at. */
  HOST,
  /** The port that it listens at. */
  PORT,
  /** How many images it measures sub-networks on. */
  MEASURED_IMAGES,
  /** How many images it searches for what excites a channel. */
  SEARCHED_IMAGES
}
