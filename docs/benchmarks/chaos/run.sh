#!/usr/bin/env bash
# The runs behind docs/benchmarks/chaos.md: run.sh [NAME...]; all of them without a name. Each
# writes NAME.md beside this script; one that does not hold is told at the end, and the others run.
set -uo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"

run() {
  local name="$1"
  shift
  if [ "${#wanted[@]}" -gt 0 ] && [[ " ${wanted[*]} " != *" $name "* ]]; then
    return
  fi
  echo "== $name" >&2
  "$root/streamglot" chaos "$@" --report "$here/$name.md" > "/dev/null" || failed+=("$name")
}

wanted=("$@")
failed=()
run kill --scenario kill --records 100000 --kills 10 --seed 1 --set streamglot.preset=throughput
run terminate --scenario terminate --records 100000 --kills 5 --seed 2 --set streamglot.preset=throughput
run scale --scenario scale --records 100000 --seed 3 --set streamglot.preset=throughput
run brokers --scenario brokers --records 100000 --kills 5 --seed 4 --set streamglot.preset=throughput
run at-least-once --scenario kill --guarantee at_least_once --records 100000 --kills 10 --seed 1 --set streamglot.preset=throughput
run poison --scenario poison --records 20000 --kills 5 --seed 5
run control --scenario kill --control --records 20000 --kills 5 --seed 6
run outage --scenario outage --instances 2 --kills 9 --seed 7
run outage-alone --scenario outage --instances 1 --kills 9 --seed 8
run streams-protocol --scenario kill --records 20000 --kills 5 --seed 9 --set group.protocol=streams
run static-member --scenario kill --records 20000 --kills 5 --seed 10 --set group.instance.id=static
run rollout --scenario rollout --records 100000 --kills 10 --seed 11 --set streamglot.preset=throughput

if [ "${#failed[@]}" -gt 0 ]; then
  echo "did not hold: ${failed[*]}" >&2
  exit 1
fi
