package io.streamglot.training.export;

/** What {@link EnsembleGraphTest} says, of the form for CUDA, which any processor can run. */
class CudaEnsembleGraphTest extends EnsembleGraphTest {

  @Override
  GraphTarget target() {
    return GraphTarget.CUDA;
  }
}
