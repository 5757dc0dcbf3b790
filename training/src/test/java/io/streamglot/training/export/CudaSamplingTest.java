package io.streamglot.training.export;

/** What {@link SamplingTest} says, of the form for CUDA, which any processor can run. */
class CudaSamplingTest extends SamplingTest {

  @Override
  GraphTarget target() {
    return GraphTarget.CUDA;
  }
}
