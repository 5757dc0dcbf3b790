#!/usr/bin/env bash
# The runs behind docs/benchmarks/streaming.md: run.sh DATA
# DATA  folder of tatoeba-en-fr, see docs/corpora.md
# Some 50 minutes, and the soak half as long; on a machine that has nothing else to do.
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
stream latency --seconds 40 --commit 20,100,1000 --linger 5 \
  --csv "$here/latency.csv" --plot "$here/latency.svg" | tee "$here/latency.txt"
stream latency --seconds 40 --linger 1,20 --csv "$here/linger.csv" | tee "$here/linger.txt"
stream latency --seconds 40 --guarantee at_least_once --linger 1 --poll 1,2 \
  --csv "$here/poll.csv" | tee "$here/poll.txt"
stream throughput --records 19200 --rounds 3 --csv "$here/throughput-chat.csv" \
  | tee "$here/throughput-chat.txt"
# As the preset throughput, but for a batch's tokens and bytes.
stream throughput --records 19200 --rounds 5 --batch 256 --linger 100 --commit 1000 --poll 100 \
  --kafka linger.ms=20 --kafka compression.type=lz4 --csv "$here/throughput.csv" \
  | tee "$here/throughput.txt"
gzip -dc dev.tsv.gz | cut -f1 | awk 'length($0) <= 20 && !seen[$0]++ && n++ < 200' > short.en
"$root/streamglot" bench stream soak --model shipped --file short.en --messages 1000000 \
  --csv "$here/soak.csv" | tee "$here/soak.txt"
