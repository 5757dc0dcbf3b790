package io.streamglot.training.model;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Frees what a piece of work leaves in native memory.
 *
 * <p>The garbage collector sees a tensor as a few bytes, so it comes too late: without a scope a
 * step of training leaks megabytes. Tensors made inside must not leave; plain values may.
 */
public final class NativeScope {

  private NativeScope() {}

  /** Does the work, frees every tensor made in it, and gives its result. */
  public static <T> T call(Supplier<T> work) {
    PointerScope scope = new PointerScope();
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  /** As {@link #call}, without recording gradients: faster, and in less memory. */
  public static <T> T callWithoutGradients(Supplier<T> work) {
    return call(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try {
            return work.get();
          } finally {
            guard.close();
          }
        });
  }
}
