#!/usr/bin/env bash
# Steps of this training loop and of PyTorch's, in turn. Usage: run.sh ROUNDS STEPS, from any folder,
# after ./mvnw package. PYTHON names a Python that has PyTorch.
set -euo pipefail
cd "$(dirname "$0")/../../.."
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE
# As the launcher sets them, for both.
export MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_MMAP_MAX_=0
ours() {
  java -Xmx1g -cp "benchmarks/target/streamglot-benchmarks.jar:training/target/streamglot-training.jar:training/target/lib/*" \
    io.streamglot.benchmarks.TrainingSteps "$1" "$2"
}
theirs() {
  "${PYTHON:-python3}" docs/benchmarks/training-speed/pytorch_steps.py "$1" "$2"
}
for _ in $(seq "$1"); do
  ours FLOAT32 "$2"
  theirs float32 "$2"
  ours BFLOAT16 "$2"
  theirs bfloat16 "$2"
done
