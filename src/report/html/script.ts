/**
 * The filter of the table of sites. Without JavaScript the form stays hidden and every row is there. The address keeps
 * what was chosen, so that a view can be sent to somebody.
 */

export const SCRIPT = `
'use strict';
(() => {
  const form = document.querySelector('#filter');
  if (!form) return;
  const rows = [...document.querySelectorAll('#site-rows > tr')];
  const shown = document.querySelector('#shown');
  const fields = [...form.querySelectorAll('select, input')];
  const apply = () => {
    const words = form.elements.words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let number = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word)) &&
        fields.every((field) => field.name === 'words' || field.value === '' || row.dataset[field.name] === field.value);
      row.hidden = !fits;
      if (fits) number += 1;
    }
    shown.textContent = number + ' of ' + rows.length;
    const chosen = fields.filter((field) => field.value !== '').map((field) => [field.name, field.value]);
    history.replaceState(null, '', '#' + new URLSearchParams(chosen));
  };
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  if (location.hash.includes('=')) apply();
})();
`;
