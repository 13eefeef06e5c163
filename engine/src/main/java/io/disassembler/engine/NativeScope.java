package io.disassembler.engine;

import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.libtorch.Libtorch;
import io.disassembler.libtorch.LibtorchErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Bounds the life of libtorch's objects: what is made inside is freed at the end. */
public final class NativeScope {
  static {
    Libtorch.settle();
  }

  private NativeScope() {}

  /**
   * Runs {@code work} and frees every native object that it made; the result must hold none.
   *
   * @throws NotEnoughMemoryException if libtorch or Java has no memory left
   */
  public static <T> T in(Supplier<T> work) {
    return ExitGate.pass(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            return work.get();
          } catch (OutOfMemoryError e) {
            throw notEnoughMemory(String.valueOf(e.getMessage()), e);
          } catch (RuntimeException e) {
            Optional<String> missing = LibtorchErrors.memory(e);
            throw missing.isPresent() ? notEnoughMemory(missing.get(), e) : e;
          }
        });
  }

  static NotEnoughMemoryException notEnoughMemory(String missing, Throwable cause) {
    return new NotEnoughMemoryException(
        "not enough memory (%s); a smaller image size or fewer images per batch takes less"
            .formatted(missing),
        cause);
  }

  /** Runs {@code work} and frees every native object that it made. */
  public static void run(Runnable work) {
    in(
        () -> {
          work.run();
          return true;
        });
  }

  /** Runs {@code work} and frees every native object that it made, but for the tensors returned. */
  public static List<Tensor> keeping(Supplier<List<Tensor>> work) {
    PointerScope outer = Objects.requireNonNull(PointerScope.getInnerScope());
    List<Tensor> kept = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      for (Tensor tensor : work.get()) {
        Tensor own = new Tensor(tensor);
        outer.attach(own);
        kept.add(own);
      }
    }
    return kept;
  }
}
