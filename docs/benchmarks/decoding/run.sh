#!/usr/bin/env bash
# The runs behind docs/benchmarks/decoding.md: run.sh DATA RUN PLAIN [PREFIX]
# DATA  folder of multi30k and tatoeba-en-fr, see docs/corpora.md
# RUN   folder of the training of training/recipes/tatoeba-en-fr.yaml
# PLAIN models/en-fr 1.1.0, the plain graph: git archive fe07d65 models/en-fr | tar x -C FOLDER
# PREFIX of the names of the outputs, so that those of another processor stay: avx2-
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
data="$(realpath "$1")" run="$(realpath "$2")" plain="$(realpath "$3")"
to="$here/${4:-}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work" # short names, as the outputs have them
gzip -dc "$data/multi30k/val.en.gz" > val.en
ln -s "$plain" plain
ln -s "$root/models/en-fr" shipped
"$root/streamglot" export --recipe "$root/training/recipes/tatoeba-en-fr.yaml" --data "$data" \
  --run-dir "$run" --precision fp32 --shortlist-frequent 0 --pruning 0 --out exact

compare() {
  "$root/streamglot" bench decode --file val.en --beam 4 "$@"
}
# All 64 sentences of the plain graph in one run, as it was, and in runs of 16 like the others.
compare --model plain,hypotheses=256 --against plain --against exact --against shipped \
  --batch 64 --threads 1 --sentences 512 --rounds 7 --csv "${to}batch-64.csv" \
  | tee "${to}batch-64.txt"
compare --model plain --against exact --against shipped --batch 1 --threads 1 \
  --sentences 400 --rounds 7 --csv "${to}batch-1.csv" | tee "${to}batch-1.txt"
compare --model shipped --against shipped,threads=2 --batch 64 --threads 1 \
  --rounds 7 --csv "${to}two-cores.csv" | tee "${to}two-cores.txt"
for bundle in plain,hypotheses=256 exact shipped; do
  "$root/streamglot" bench profile --file val.en --model "$bundle" --batch 64 --beam 4 \
    --sentences 256
done | tee "${to}profile.txt"
"$root/streamglot" bench start --model shipped --rounds 7 | tee "${to}start.txt"
