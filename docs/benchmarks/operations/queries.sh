#!/usr/bin/env bash
# Asks a Prometheus every query of the Grafana dashboard, and says of each how many series answered
# and one of their values. Ends with 1 if a query has no data, or no number. Takes curl and jq.
#   queries.sh [URL OF PROMETHEUS]
set -euo pipefail
prometheus="${1:-http://localhost:9090}"
dashboard="$(dirname "$0")/../../../deploy/grafana/dashboards/streamglot.json"
missing=0
while IFS=$'\t' read -r title query; do
  # What Grafana fills in.
  query="${query//\$__rate_interval/1m}"
  query="${query//\$instance/.*}"
  answer="$(curl -sf --get "$prometheus/api/v1/query" --data-urlencode "query=$query")"
  series="$(jq '[.data.result[] | select(.value[1] != "NaN")] | length' <<<"$answer")"
  [ "$series" -gt 0 ] || missing=1
  printf '%s\n    %s\n    %s series, such as %s\n' "$title" "$query" "$series" \
    "$(jq -c '.data.result[0] | [.metric, .value[1]]' <<<"$answer")"
done < <(jq -r '.panels[] | .title as $title | .targets[]? | [$title, .expr] | @tsv' "$dashboard")
exit "$missing"
