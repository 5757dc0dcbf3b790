package io.streamglot.training.model;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where libtorch computes. */
public enum Device {
  /** The processor. */
  CPU,
  /**
   * The first CUDA device. Some of its sums are made in no fixed order: two runs end close to each
   * other, but not with the same bits.
   */
  CUDA;

  private static final String CUDA_LIBRARY = "org.bytedeco.pytorch.global.torch_cuda";

  /**
   * Makes sure that this device can be used, and loads its libraries.
   *
   * @throws DeviceException if it cannot; the message says what is missing
   */
  public void require() {
    if (this == CPU) {
      return;
    }
    try {
      Loader.load(Class.forName(CUDA_LIBRARY));
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DeviceException(
          "device CUDA: expected a build with -Pcuda, and CUDA 13 and cuDNN 9 on the library path,"
              + " actual none that loads",
          e);
    }
    if (!torch.cuda_is_available()) {
      throw new DeviceException(
          "device CUDA: expected a CUDA device that this libtorch supports, actual none", null);
    }
  }

  /** The tensor on this device. */
  Tensor place(Tensor tensor) {
    return this == CPU ? tensor : tensor.cuda();
  }
}
