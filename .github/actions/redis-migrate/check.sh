#!/usr/bin/env bash
# The steps of the action. Inputs come as variables, so that no text of them is ever read as a script.
set -euo pipefail

if [ -n "${CHECK_VERSION:-}" ]; then
  program=(npx --yes "redis-migrate@$CHECK_VERSION")
else
  home=$(cd "$ACTION_PATH/../../.." && pwd)
  [ -f "$home/dist/src/cli/main.js" ] || (cd "$home" && npm ci --ignore-scripts && npm run build) >&2
  program=(node "$home/bin/redis-migrate.js")
fi

arguments=(check "${CHECK_PATH:-.}")
[ -z "${CHECK_BASELINE:-}" ] || arguments+=(--baseline "$CHECK_BASELINE")
[ -z "${CHECK_SINCE:-}" ] || arguments+=(--since "$CHECK_SINCE")

# One run decides; the others only write the same answer in other forms.
code=0
"${program[@]}" "${arguments[@]}" --format github || code=$?
[ "$code" -le 1 ] || exit "$code"

if [ -n "${CHECK_SARIF:-}" ]; then
  "${program[@]}" "${arguments[@]}" --quiet --format sarif --output "$CHECK_SARIF" || [ $? -eq 1 ]
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  "${program[@]}" "${arguments[@]}" --quiet --format markdown >> "$GITHUB_STEP_SUMMARY" || [ $? -eq 1 ]
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  answer=$("${program[@]}" "${arguments[@]}" --quiet --format json) || [ $? -eq 1 ]
  number=$(node -p 'JSON.parse(require("fs").readFileSync(0)).totals.violations' <<< "$answer")
  echo "violations=$number" >> "$GITHUB_OUTPUT"
fi
exit "$code"
