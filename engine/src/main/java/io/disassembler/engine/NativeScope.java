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
    return innermost().keeping(work);
  }

  /** The innermost open scope of the calling thread, for other threads to leave tensors in. */
  public static Holder innermost() {
    return new Holder(Objects.requireNonNull(PointerScope.getInnerScope()));
  }

  /**
   * An open scope. While other threads leave tensors in it, the one that opened it must make no
   * native object in it.
   */
  public static final class Holder {
    private final PointerScope scope;

    private Holder(PointerScope scope) {
      this.scope = scope;
    }

    /**
     * Runs {@code work} and frees every native object that it made, but for the tensors returned,
     * which live as long as this scope. For any thread.
     */
    public List<Tensor> keeping(Supplier<List<Tensor>> work) {
      return in(
          () -> {
            List<Tensor> kept = new ArrayList<>();
            for (Tensor tensor : work.get()) {
              Tensor own = new Tensor(tensor);
              attach(own);
              kept.add(own);
            }
            return kept;
          });
    }

    void attach(Tensor tensor) {
      synchronized (scope) {
        scope.attach(tensor);
      }
    }
  }
}
