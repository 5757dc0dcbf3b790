package io.streamglot.training.model;

import org.bytedeco.pytorch.global.torch;

/** Settings of libtorch that hold for the whole process. */
public final class Libtorch {

  private Libtorch() {}

  /**
   * Sets how many threads share the work of one operation. With another number sums are made in
   * another order, so that results differ in their last bits.
   *
   * @param threads at least 1
   */
  public static void useThreads(int threads) {
    torch.set_num_threads(threads);
  }
}
