#!/usr/bin/env bash
# How smoothly a report scrolls and filters in headless Chromium: frames.sh REPORT.html
# The page's own policy forbids other scripts, so the copy that is measured goes without it.
set -euo pipefail
folder="$(mktemp -d)"
trap 'kill "$browser" 2> /dev/null || true; wait "$browser" 2> /dev/null || true; rm -rf "$folder"' EXIT
browser=""
touch "$folder/log"
{
  sed '/Content-Security-Policy/d' "$1"
  cat << 'HTML'
<script>
const frame = () => new Promise(requestAnimationFrame);
const shown = async () => { await frame(); return await frame(); };
async function timed(act) {
  const times = [];
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    act(i);
    await shown();
    times.push(performance.now() - start);
  }
  return times;
}
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1].toFixed(1);
const say = (what, times) => console.log(`MEASURED ${what}: median ${median(times)} ms, `
    + `95th percentile ${times[Math.floor(times.length * 0.95)].toFixed(1)} ms, longest ${times.at(-1).toFixed(1)} ms, of ${times.length}`);
addEventListener('load', async () => {
  await shown();
  console.log(`MEASURED load: first paint ${performance.getEntriesByName('first-contentful-paint')[0]?.startTime.toFixed(0)} ms, `
      + `${document.querySelectorAll('article').length} differences, ${document.documentElement.scrollHeight} pixels`);
  const frames = [];
  let before = await frame();
  for (let top = 0; top + innerHeight < document.documentElement.scrollHeight && frames.length < 1500; top += 300) {
    scrollTo(0, top);
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  say('frames while scrolling, 300 pixels each', frames);
  const words = document.querySelector('#filters [name=text]');
  say('filter by a word, until the next frame is drawn', await timed(i => {
    words.value = i % 2 ? '' : 'e' + 'aeiourst'[i % 8];
    words.dispatchEvent(new Event('input'));
  }));
  const order = document.querySelector('#filters [name=sort]');
  say('sort, likewise', await timed(i => {
    order.value = i % 2 ? 'score' : 'length';
    order.dispatchEvent(new Event('input'));
  }));
  console.log('MEASURED end');
});
</script>
HTML
} > "$folder/report.html"
chromium --headless --no-sandbox --disable-gpu --window-size=1280,900 --user-data-dir="$folder/profile" \
  --enable-logging=stderr "file://$folder/report.html" --remote-debugging-port=0 2> "$folder/log" &
browser=$!
for _ in $(seq 300); do
  grep -q "MEASURED end" "$folder/log" && break
  sleep 0.2
done
grep -o 'MEASURED [^"]*' "$folder/log" | sed 's/^MEASURED //;/^end/d'
