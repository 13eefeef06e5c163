package io.disassembler.evaluation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.MissingLibraryException;
import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.boundary.Presentation;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Shape;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.TemporaryModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network loaded into ONNX Runtime on the CPU. It takes images and gives scores as its {@link
 * Boundary} says; here both are N x C x H x W. One of its outputs counts. For use by one thread.
 */
public final class OnnxRuntimeModel implements AutoCloseable {
  private final Path file;
  private final OrtSession session;
  private final Map<String, String> metadata;
  private final RuntimeInput input;
  private final String output;
  private final OutputReader reader;
  private final boolean isNative;

  private OnnxRuntimeModel(
      Path file, OrtSession session, Boundary boundary, @Nullable String output, boolean isNative)
      throws OrtException {
    this.file = file;
    this.isNative = isNative;
    this.session = session;
    this.metadata = metadata(session);
    this.input = RuntimeInput.of(file, session.getInputInfo(), boundary);
    this.output = output == null ? session.getOutputNames().iterator().next() : output;
    this.reader = new OutputReader(file, this.output, boundary.output());
    requireOutput();
  }

  /** Opens a model with all of ONNX Runtime's graph optimisations; its first output counts. */
  public static OnnxRuntimeModel open(Path file, int threads) {
    return open(file, threads, Boundary.PLAIN, null);
  }

  /**
   * Opens a model with all of ONNX Runtime's graph optimisations, as applications run it.
   *
   * @param boundary how the file has images and scores
   * @param output the output that counts; null for the first
   */
  public static OnnxRuntimeModel open(
      Path file, int threads, Boundary boundary, @Nullable String output) {
    return open(file, threads, OptLevel.ALL_OPT, boundary, output);
  }

  /** Opens a model that ONNX Runtime runs as it is, without its graph optimisations. */
  public static OnnxRuntimeModel asItIs(
      Path file, int threads, Boundary boundary, @Nullable String output) {
    return open(file, threads, OptLevel.NO_OPT, boundary, output);
  }

  /** Opens a model whose first output counts. */
  public static OnnxRuntimeModel open(Path file, int threads, OptLevel optimisation) {
    return open(file, threads, optimisation, Boundary.PLAIN, null);
  }

  /**
   * Opens a model.
   *
   * @param threads how many work on one operator, at least 1
   * @param optimisation how far ONNX Runtime may rewrite the graph; {@code NO_OPT} runs it as it is
   * @param boundary how the file has images and scores
   * @param output the output that counts; null for the first
   * @throws InvalidInputException if ONNX Runtime cannot load it, it does not take images, or has
   *     no such output
   * @throws MissingLibraryException if there is no ONNX Runtime for this platform
   */
  public static OnnxRuntimeModel open(
      Path file, int threads, OptLevel optimisation, Boundary boundary, @Nullable String output) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: expected an ONNX file, found %s"
              .formatted(file, Files.exists(file) ? "a folder" : "nothing there"));
    }
    environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(optimisation);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      // Threads that spin after a run would take the cores from the model that runs next.
      options.addConfigEntry("session.force_spinning_stop", "1");
      return opened(file, options, boundary, output);
    } catch (OrtException e) {
      throw new InvalidInputException(
          "%s: ONNX Runtime cannot load it: %s".formatted(file, firstLine(e)), e);
    }
  }

  private static OnnxRuntimeModel opened(
      Path file, OrtSession.SessionOptions options, Boundary boundary, @Nullable String output)
      throws OrtException {
    boolean isNative = true;
    OrtSession session;
    try {
      session = session(file, options);
    } catch (OrtException e) {
      if (boundary.types().isEmpty()) {
        throw e;
      }
      // On the CPU it has few operators for bfloat16 and float64.
      isNative = false;
      try (TemporaryModel wide =
          TemporaryModel.of(
              Presentation.floats(OnnxReader.read(file)).toBuilder()
                  .boundary(Boundary.PLAIN)
                  .build())) {
        session = session(wide.file(), options);
      }
    }
    try {
      return new OnnxRuntimeModel(file, session, boundary, output, isNative);
    } catch (OrtException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static OrtSession session(Path file, OrtSession.SessionOptions options)
      throws OrtException {
    return environment().createSession(file.toString(), options);
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError | IllegalStateException e) {
      throw new MissingLibraryException(
          "ONNX Runtime",
          System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
          e);
    }
  }

  /** Whether it runs as the file says; if not, with floats of 32 bits in place of others. */
  public boolean isNative() {
    return isNative;
  }

  public Path file() {
    return file;
  }

  /** ONNX Runtime finds no value for a key with a NUL in it, and gives null. */
  private static Map<String, String> metadata(OrtSession session) throws OrtException {
    Map<String, String> all = new HashMap<>(session.getMetadata().getCustomMetadata());
    all.values().removeIf(Objects::isNull);
    return Map.copyOf(all);
  }

  /** Name of the input that takes the images. */
  public String inputName() {
    return input.name();
  }

  /** Declared extents of the input, NCHW; -1 where they are free. */
  public List<Long> inputShape() {
    return input.plainShape();
  }

  /** The model's metadata properties. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Runs the network.
   *
   * @param pixels row-major
   * @param shape their extents, NCHW or NCDHW
   * @throws InvalidInputException if ONNX Runtime fails or the output is no segmentation
   */
  public NetworkOutput run(float[] pixels, Shape shape) {
    try (InputTensor tensor = new InputTensor(shape)) {
      tensor.fill(pixels);
      return run(tensor);
    }
  }

  /**
   * Runs the network.
   *
   * @throws InvalidInputException if ONNX Runtime fails or the output is no segmentation
   */
  public NetworkOutput run(InputTensor images) {
    try (OrtSession.Result result = execute(images, input.feeds(images))) {
      return reader.read(result.get(0));
    }
  }

  /** Runs the network without looking at the output; the time that took, in nanoseconds. */
  long time(InputTensor images) {
    Map<String, OnnxTensor> feeds = input.feeds(images);
    long start = System.nanoTime();
    OrtSession.Result result = execute(images, feeds);
    long time = System.nanoTime() - start;
    result.close();
    return time;
  }

  private OrtSession.Result execute(InputTensor images, Map<String, OnnxTensor> feeds) {
    try {
      return session.run(feeds, Set.of(output));
    } catch (OrtException e) {
      String reason = firstLine(e);
      if (reason.contains("Failed to allocate memory") || reason.contains("bad_alloc")) {
        throw new NotEnoughMemoryException(
            "%s: not enough memory for ONNX Runtime (%s); a smaller image size takes less"
                .formatted(file, reason),
            e);
      }
      throw new InvalidInputException(
          "%s: ONNX Runtime cannot run it on an input of %s: %s"
              .formatted(file, images.shape(), reason),
          e);
    }
  }

  private void requireOutput() {
    if (!session.getOutputNames().contains(output)) {
      throw new InvalidInputException(
          "%s: there is no output '%s'; expected one of %s"
              .formatted(file, output, session.getOutputNames()));
    }
  }

  private static String firstLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** Frees the native session. */
  @Override
  public void close() {
    input.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
