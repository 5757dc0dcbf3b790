#!/usr/bin/env bash
# The runs behind docs/benchmarks/streaming.md: run.sh DATA
# DATA  folder of tatoeba-en-fr, see docs/corpora.md
# Some 40 minutes, and the soak as long again; on a machine that has nothing else to do.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
data="$(realpath "$1")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work" # short names, as the outputs have them
ln -s "$data/tatoeba-en-fr/dev.tsv.gz" dev.tsv.gz
ln -s "$root/models/en-fr" shipped

stream() {
  "$root/streamglot" bench stream "$@" --model shipped --file dev.tsv.gz
}
stream latency --seconds 60 --commit 20,100,1000 --linger 5 \
  --csv "$here/latency.csv" --plot "$here/latency.svg" | tee "$here/latency.txt"
stream latency --seconds 60 --linger 1,5,20 --csv "$here/linger.csv" | tee "$here/linger.txt"
stream throughput --records 12800 --rounds 7 --csv "$here/throughput.csv" \
  | tee "$here/throughput.txt"
stream soak --sentences 200 --messages 1000000 --csv "$here/soak.csv" | tee "$here/soak.txt"
