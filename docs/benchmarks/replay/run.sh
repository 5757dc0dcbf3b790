#!/usr/bin/env bash
# Compares `replay` with `bench decode` on the same texts, in turn.
#   run.sh FILE RECORDING ROUNDS
# FILE: the texts, as `bench decode --file` reads them; RECORDING: messages with these texts.
set -euo pipefail
home="$(cd "$(dirname "$0")/../../.." && pwd)"
file="$1" recording="$2" rounds="$3"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
for round in $(seq "$rounds"); do
  echo "== round $round: bench decode"
  "$home/streamglot" bench decode --file "$file" --model "$home/models/en-fr" \
    --batch 64 --beam 4 --threads 1 --rounds 3
  echo "== round $round: replay"
  "$home/streamglot" replay "$recording" --model "$home/models/en-fr" --beam 4 --threads 1 \
    --out "$out/replayed.avro" --force 2> /dev/null
  sha256sum < "$out/replayed.avro"
done
