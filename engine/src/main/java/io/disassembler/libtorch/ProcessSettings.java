package io.disassembler.libtorch;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes libtorch several times as fast on Linux with glibc, and is usually set in the
 * environment before a program starts: how memory is kept, and how threads wait (docs/adr/0010).
 * What the user set in the environment stays; elsewhere all stays as it is.
 */
final class ProcessSettings {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSettings.class);

  /**
   * libgomp's threads sleep while they wait: on a busy machine spinning takes the time of the rest.
   */
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  /**
   * glibc gets large blocks from the system and gives them back, and each page of each feature map
   * is then faulted in anew; so nothing is mapped by itself, nothing given back, and heaps grow in
   * large steps. That all threads share one heap, in which blocks may be over 64 MB, cannot be said
   * once Java's threads have theirs.
   */
  private static final List<MallocOption> MALLOC =
      List.of(
          new MallocOption("MALLOC_MMAP_MAX_", "glibc.malloc.mmap_max", -4, 0),
          new MallocOption("MALLOC_TRIM_THRESHOLD_", "glibc.malloc.trim_threshold", -1, -1),
          new MallocOption("MALLOC_TOP_PAD_", "glibc.malloc.top_pad", -2, 64 << 20));

  private ProcessSettings() {}

  /**
   * An option of malloc.
   *
   * @param variable that sets it in the environment
   * @param tunable that sets it in GLIBC_TUNABLES
   * @param parameter its number in malloc.h
   */
  private record MallocOption(String variable, String tunable, int parameter, int value) {
    boolean isSetIn(Map<String, String> environment) {
      return environment.containsKey(variable)
          || environment.getOrDefault("GLIBC_TUNABLES", "").contains(tunable);
    }
  }

  /** glibc, as the process has it. */
  private interface Glibc extends Library {
    String gnu_get_libc_version();

    int setenv(String name, String value, int overwrite);

    int mallopt(int parameter, int value);
  }

  static void apply() {
    try {
      if (!Platform.isLinux()) {
        return;
      }
      Map<String, String> environment = System.getenv();
      Glibc glibc = Native.load(Glibc.class);
      String version = glibc.gnu_get_libc_version();
      glibc.setenv(WAIT_POLICY, "PASSIVE", 0);
      for (MallocOption option : MALLOC) {
        if (!option.isSetIn(environment)) {
          glibc.mallopt(option.parameter(), option.value());
        }
      }
      LOG.debug("glibc {}: memory is kept, threads wait asleep", version);
    } catch (LinkageError | RuntimeException e) {
      // Slower, and nothing else: another C library, or a machine on which JNA cannot be loaded.
      LOG.debug("no settings of glibc", e);
    }
  }
}
