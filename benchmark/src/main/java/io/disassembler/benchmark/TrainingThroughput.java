package io.disassembler.benchmark;

import io.disassembler.benchmark.libtorch.LibtorchDeepLab;
import io.disassembler.benchmark.libtorch.LibtorchNetwork;
import io.disassembler.benchmark.libtorch.LibtorchUNet;
import io.disassembler.data.Size;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.libtorch.Libtorch;
import io.disassembler.training.Batch;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training steps of the engine and of libtorch's own modules in turn, as images in a second. */
@Command(
    name = "training-throughput",
    mixinStandardHelpOptions = true,
    description =
        "Measures training steps of the zoo's networks on the engine against the same networks written with libtorch's own modules, in turn, in one process.")
public final class TrainingThroughput implements Callable<Integer> {
  static final int CATEGORIES = 11;
  static final double LEARNING_RATE = 1e-4;
  static final double CLIP = 5;
  private static final double NANOSECONDS = 1e9;

  @Option(names = "--threads", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
  int threads;

  @Option(names = "--batch", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(names = "--height", defaultValue = "192", description = "Default: ${DEFAULT-VALUE}.")
  int height;

  @Option(names = "--width", defaultValue = "256", description = "Default: ${DEFAULT-VALUE}.")
  int width;

  @Option(
      names = "--channels",
      defaultValue = "0.375",
      description =
          "Width of the networks; at 0.375 U-Net is as wide as unet-camvid.onnx. Default: ${DEFAULT-VALUE}.")
  double channels;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description =
          "Steps of each in turn, after one of each to warm up. Default: ${DEFAULT-VALUE}.")
  int rounds;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingThroughput()).execute(arguments));
  }

  @Override
  public Integer call() {
    Libtorch.useThreads(threads);
    out.printf(
        Locale.ROOT,
        "batch %d, %d x %d, width %s, %d threads, median of %d steps%n%n",
        batch,
        height,
        width,
        channels,
        threads,
        rounds);
    out.println("network               engine images/s  libtorch images/s  ratio");
    measure("unet", network(Architecture.UNET, false), List.of(), LibtorchUNet::new);
    measure(
        "deeplabv3 resnet18",
        network(Architecture.DEEPLABV3, true),
        List.of(ZooSettings.AUXILIARY),
        LibtorchDeepLab::new);
    return 0;
  }

  private Network network(Architecture architecture, boolean auxiliary) {
    return architecture.build(
        new ZooSettings(architecture.usualBackbone(), CATEGORIES, channels, 16, auxiliary, 1));
  }

  private void measure(
      String name,
      Network network,
      List<String> auxiliary,
      Function<Network, LibtorchNetwork> twin) {
    NativeScope.run(
        () -> {
          Batch images = images();
          try (Contestant ours =
                  new EngineTraining(network, images, new Size(height, width), auxiliary, threads);
              Contestant theirs = new LibtorchTraining(() -> twin.apply(network), images)) {
            ours.step();
            theirs.step();
            double[] ourSeconds = new double[rounds];
            double[] theirSeconds = new double[rounds];
            for (int round = 0; round < rounds; round++) {
              ourSeconds[round] = seconds(ours);
              theirSeconds[round] = seconds(theirs);
            }
            double found = batch / median(ourSeconds);
            double reference = batch / median(theirSeconds);
            out.printf(
                Locale.ROOT,
                "%-20s  %15.2f  %17.2f  %5.2f%n",
                name,
                found,
                reference,
                found / reference);
          }
        });
  }

  private static double seconds(Contestant contestant) {
    long start = System.nanoTime();
    contestant.step();
    return (System.nanoTime() - start) / NANOSECONDS;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private Batch images() {
    Random random = new Random(1);
    float[] pixels = new float[batch * 3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    long[] labels = new long[batch * height * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CATEGORIES);
    }
    return new Batch(Weight.ofFloats("images", Shape.of(batch, 3, height, width), pixels), labels);
  }
}
