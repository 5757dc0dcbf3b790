'use strict';
(() => {
  // Filters live in the fragment of the address, so that a view can be linked to.
  const list = document.getElementById('differences');
  const fields = [...document.querySelectorAll('#filters [name]')];
  const shown = document.getElementById('shown');
  const rows = [...list.children];
  const texts = rows.map(row => row.textContent.toLowerCase());
  const last = Number.POSITIVE_INFINITY;
  const orders = {
    score: row => ('score' in row.dataset ? Number(row.dataset.score) : last),
    length: row =>
      'length' in row.dataset ? -Math.abs(Math.log(Math.max(0.001, row.dataset.length))) : last,
  };

  function apply() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      const value = wanted.get(field.name) ?? '';
      if (field.value !== value) {
        field.value = value;
      }
    }
    const outcome = wanted.get('class') ?? '';
    const language = wanted.get('language') ?? '';
    const text = (wanted.get('text') ?? '').toLowerCase();
    let count = 0;
    rows.forEach((row, i) => {
      row.hidden =
        (outcome !== '' && row.dataset.class !== outcome) ||
        (language !== '' && row.dataset.language !== language) ||
        !texts[i].includes(text);
      count += row.hidden ? 0 : 1;
    });
    const order = orders[wanted.get('sort')];
    const sorted = order ? [...rows].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)) : rows;
    if (sorted.some((row, i) => row !== list.children[i])) {
      list.replaceChildren(...sorted);
    }
    shown.value = `${count} of ${rows.length}`;
  }

  function changed() {
    const wanted = new URLSearchParams();
    fields.filter(field => field.value).forEach(field => wanted.set(field.name, field.value));
    location.replace('#' + wanted);
  }

  function move(step) {
    const visible = [...list.children].filter(row => !row.hidden);
    const at = visible.indexOf(document.activeElement.closest('article'));
    visible[at < 0 ? 0 : at + step]?.focus();
  }

  document.addEventListener('keydown', event => {
    if (event.target.matches('input, select') || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'j' || event.key === 'k') {
      move(event.key === 'j' ? 1 : -1);
    } else if (event.key === '/') {
      event.preventDefault();
      fields.find(field => field.name === 'text').focus();
    }
  });
  fields.forEach(field => field.addEventListener('input', changed));
  addEventListener('hashchange', apply);
  apply();
})();
