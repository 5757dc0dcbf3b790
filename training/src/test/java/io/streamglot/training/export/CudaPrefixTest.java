package io.streamglot.training.export;

/** What {@link PrefixTest} says, of the form for CUDA, which any processor can run. */
class CudaPrefixTest extends PrefixTest {

  @Override
  GraphTarget target() {
    return GraphTarget.CUDA;
  }
}
