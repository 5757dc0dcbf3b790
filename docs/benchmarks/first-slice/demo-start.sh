#!/usr/bin/env bash
# Milliseconds from the start of the JVM to the first translation of `./streamglot demo`, RUNS times.
# The launcher's own time is in it. Build first: ./mvnw -DskipTests package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
for run in $(seq "${RUNS:-7}"); do
  start=$(date +%s%N)
  printf 'How are you?\n' | ./streamglot demo | {
    read -r line
    echo "run $run: $((($(date +%s%N) - start) / 1000000)) ms, $line"
    cat >/dev/null
  }
done
