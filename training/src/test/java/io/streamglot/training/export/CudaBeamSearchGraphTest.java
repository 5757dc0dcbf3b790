package io.streamglot.training.export;

/** What {@link BeamSearchGraphTest} says, of the form for CUDA, which any processor can run. */
class CudaBeamSearchGraphTest extends BeamSearchGraphTest {

  @Override
  GraphTarget target() {
    return GraphTarget.CUDA;
  }
}
