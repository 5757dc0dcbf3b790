#!/usr/bin/env bash
# The runs behind docs/benchmarks/decoding.md: run.sh DATA RUN PLAIN
# DATA  folder of multi30k and tatoeba-en-fr, see docs/corpora.md
# RUN   folder of the training of training/recipes/tatoeba-en-fr.yaml
# PLAIN models/en-fr 1.1.0, the plain graph: git archive fe07d65 models/en-fr | tar x -C FOLDER
set -euo pipefail
data="$1" run="$2" plain="$3"
here="$(cd "$(dirname "$0")" && pwd)"
cd "$here/../../.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
gzip -dc "$data/multi30k/val.en.gz" > "$work/val.en"
exact="$work/exact"
./streamglot export --recipe training/recipes/tatoeba-en-fr.yaml --data "$data" --run-dir "$run" \
  --precision fp32 --shortlist-frequent 0 --pruning 0 --out "$exact"

compare() {
  ./streamglot bench decode --file "$work/val.en" --beam 4 "$@"
}
compare --model "$plain" --against "$exact" --against models/en-fr --batch 64 --threads 1 \
  --sentences 512 --rounds 7 --csv "$here/batch-64.csv" | tee "$here/batch-64.txt"
compare --model "$plain" --against "$exact" --against models/en-fr --batch 1 --threads 1 \
  --sentences 100 --rounds 9 --csv "$here/batch-1.csv" | tee "$here/batch-1.txt"
compare --model models/en-fr --against models/en-fr,threads=2 --batch 64 --threads 1 \
  --rounds 7 --csv "$here/two-cores.csv" | tee "$here/two-cores.txt"
for bundle in "$plain" "$exact" models/en-fr; do
  ./streamglot bench profile --file "$work/val.en" --model "$bundle" --batch 64 --beam 4 \
    --sentences 256
done | tee "$here/profile.txt"
./streamglot bench start --model models/en-fr --rounds 7 | tee "$here/start.txt"
