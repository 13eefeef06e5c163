package io.disassembler.libtorch;

import io.disassembler.base.MissingLibraryException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets libtorch up for the process. */
public final class Libtorch {
  private static final Logger LOG = LoggerFactory.getLogger(Libtorch.class);

  private static boolean settled;
  private static boolean prepared;
  private static @Nullable LinkageError missing;

  private Libtorch() {}

  /**
   * Makes the settings that its libraries read while they are loaded, and loads them, if they are
   * there. Each class through which one may come to libtorch first calls this when it is
   * initialized; later calls do nothing.
   */
  public static synchronized void settle() {
    if (!settled) {
      settled = true;
      ProcessSettings.apply();
      LibraryCache.alone(Libtorch::loadLibraries);
    }
  }

  // The first failure says what is missing; later ones only that there was one.
  @SuppressWarnings("StaticAssignmentOfThrowable")
  private static void loadLibraries() {
    try {
      Loader.load(torch.class);
      Loader.load(openblas_nolapack.class);
    } catch (LinkageError e) {
      missing = e;
    }
  }

  /**
   * Whether libtorch is there for this platform. Where it is not, networks can be read and written,
   * but not run.
   */
  public static boolean isPresent() {
    try {
      load();
      return true;
    } catch (MissingLibraryException e) {
      LOG.debug("no libtorch", e);
      return false;
    }
  }

  private static synchronized void load() {
    settle();
    if (missing != null) {
      throw new MissingLibraryException("libtorch", Loader.getPlatform(), missing);
    }
  }

  /**
   * Loads libtorch and makes it ready to compute; later calls do nothing.
   *
   * @throws MissingLibraryException if it is not there for this platform
   */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    load();
    prepared = true;
    // OpenBLAS has threads of its own beside libtorch's. Both spin while they wait, and where they
    // are more than the cores, small products take a hundred times as long.
    openblas_nolapack.blas_set_num_threads(1);
    Context context = torch.globalContext();
    // Where it does not know the processor, libtorch warns of it at each convolution and computes
    // without it; so it does everywhere.
    context.setUserEnabledNNPACK(false);
    if (!ConvolutionTrial.passes(context)) {
      context.setUserEnabledMkldnn(false);
      LOG.warn(
          "oneDNN convolves wrongly on this machine, as it does in virtual machines that hide the processor's caches; going on without it, which is slower");
    }
  }

  /**
   * Lets the calling thread compute with {@code threads} threads from now on. They come from a pool
   * of the process, but how many is said by each thread that computes; one that never said it takes
   * what any said last.
   *
   * @param threads at least 1
   */
  public static void useThreads(int threads) {
    if (torch.get_num_threads() != threads) {
      torch.set_num_threads(threads);
    }
  }
}
