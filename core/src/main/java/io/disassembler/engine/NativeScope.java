package io.disassembler.engine;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/** Bounds the life of libtorch's objects: what is made inside is freed at the end. */
public final class NativeScope {
  private NativeScope() {}

  /** Runs {@code work} and frees every native object that it made; the result must hold none. */
  public static <T> T in(Supplier<T> work) {
    try (PointerScope scope = new PointerScope()) {
      return work.get();
    }
  }

  /** Runs {@code work} and frees every native object that it made. */
  public static void run(Runnable work) {
    try (PointerScope scope = new PointerScope()) {
      work.run();
    }
  }
}
