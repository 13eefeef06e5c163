package io.disassembler.engine;

/**
 * Where an engine computes, and with how many threads.
 *
 * @param device as libtorch spells it: {@code cpu}, {@code cuda}, {@code cuda:1}
 * @param threads of the processor, at least 1. Sums over many values may differ in their last bits
 *     between numbers of threads
 * @param channelsLast whether the channels of a pixel are side by side in memory, on the CPU and
 *     where there are two spatial axes: convolutions with few channels and many pixels are then up
 *     to twice as fast. Says nothing of shapes; sums may differ in their last bits
 */
public record EngineSettings(String device, int threads, boolean channelsLast) {
  /** On the CPU, with a thread for each of its cores. */
  public static final EngineSettings DEFAULT = onCpu(Runtime.getRuntime().availableProcessors());

  public EngineSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
  }

  /** With the same number of threads on {@code other}. */
  public EngineSettings on(String other) {
    return new EngineSettings(other, threads, channelsLast);
  }

  /** The same with the channels of a pixel side by side. */
  public EngineSettings withChannelsLast() {
    return new EngineSettings(device, threads, true);
  }

  /** On the CPU. */
  public static EngineSettings onCpu(int threads) {
    return new EngineSettings("cpu", threads, false);
  }
}
