#!/usr/bin/env bash
# Trains English to Mandarin for 8 epochs once with the recipe's settings and once with each of them changed, one after
# the other, and prints the BLEU of each on the development data.
#   docs/benchmarks/training-quality/ablations.sh DATA [RUNS]
# An interrupted script goes on where it was when it is called again.
set -euo pipefail
data=$(realpath "${1:?folder of the corpora}")
home=$(realpath "$(dirname "$0")/../../..")
runs=$(realpath -m "${2:-$home/runs/ablations}")
cd "$home"

train() {
  local name=$1
  shift
  mkdir -p "$runs"
  nice -n 10 ./streamglot train --recipe training/recipes/tatoeba-en-zh.yaml --data "$data" --epochs 8 \
    --run-dir "$runs/$name" "$@" >"$runs/$name.out" 2>"$runs/$name.log"
  printf '%-22s %-28s %s\n' "$name" "$*" "$(grep '^BLEU' "$runs/$name.out" | cut -d ' ' -f 3)"
}

train recipe
train no-label-smoothing --label-smoothing 0
train no-averaging --averaging 0
train bpe-dropout --bpe-dropout 0.1
train weight-decay --weight-decay 0.01
train plateau --decay plateau
train vocabulary-3000 --vocabulary 3000
train dropout-0.15 --dropout 0.15
train dropout-0.45 --dropout 0.45
