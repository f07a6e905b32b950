// Search by name, pinyin or initials: a combobox after the ARIA pattern.
const MATCHES = 12;

const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What finds an entity: its names, and how they are pronounced; made when it is first asked for. */
const searchKeys = [];
function keysOf(i) {
  if (!searchKeys[i]) {
    const { zh, en, aliases = [], keys } = entities[i];
    searchKeys[i] = [...new Set([zh, en, ...aliases].map(plain)), ...(keys ? keys.split(' ') : [])].filter(Boolean);
  }
  return searchKeys[i];
}

/** Entities that a text finds, the best first: whole name, beginning, part. */
function find(text) {
  const wanted = plain(text);
  if (!wanted) return [];
  const found = [];
  entities.forEach((_, i) => {
    let best = 9;
    keysOf(i).forEach((key, k) => {
      const rank = key === wanted ? 0 : key.startsWith(wanted) ? 1 : wanted.length > 1 && key.includes(wanted) ? 2 : 9;
      best = Math.min(best, rank + (k ? 0.1 : 0));
    });
    if (best < 9) found.push([best, i]);
  });
  return found.sort((a, b) => a[0] - b[0] || degree[b[1]] - degree[a[1]] || a[1] - b[1]).map(([, i]) => i);
}

/** A search field; `choose` gets the entity that is picked. */
function searchField(id, label, choose, initial = null) {
  const list = el('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': label, class: 'matches', hidden: true });
  const input = el('input', {
    id, type: 'search', autocomplete: 'off', spellcheck: false, placeholder: label, value: initial === null ? '' : nameOf(initial),
    role: 'combobox', 'aria-label': label, 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
  });
  let matches = [];
  let active = -1;
  const close = () => { list.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); active = -1; };
  const pick = (i) => { input.value = nameOf(i); close(); choose(i); };
  const mark = () => {
    [...list.children].forEach((item, k) => item.role === 'option' && item.setAttribute('aria-selected', String(k === active)));
    if (active >= 0) { input.setAttribute('aria-activedescendant', `${id}-${active}`); list.children[active].scrollIntoView({ block: 'nearest' }); }
  };
  const open = () => {
    const all = find(input.value);
    matches = all.slice(0, MATCHES);
    active = matches.length ? 0 : -1;
    const options = matches.map((i, k) => el('li', { id: `${id}-${k}`, role: 'option', 'aria-selected': 'false', onpointerdown: (e) => { e.preventDefault(); pick(i); } },
      sign(classOf(i)), el('bdi', {}, shorten(nameOf(i))), el('span', { class: 'quiet' }, ` ${otherNameOf(i) === nameOf(i) ? '' : shorten(otherNameOf(i))} · ${classOf(i)[state.lang]}`)));
    if (!all.length) options.push(el('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'quiet' }, say('noMatch')));
    else if (all.length > MATCHES) options.push(el('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'quiet' }, `${say('more')} ${number(all.length - MATCHES)}`));
    fill(list, options);
    list.hidden = !plain(input.value);
    input.setAttribute('aria-expanded', String(!list.hidden));
    mark();
    if (!list.hidden) announce(all.length ? `${number(all.length)} ${say('matches')}` : say('noMatch'));
  };
  input.addEventListener('input', open);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) open();
      else if (matches.length) active = (active + (event.key === 'ArrowDown' ? 1 : -1) + matches.length) % matches.length;
      mark();
      event.preventDefault();
    } else if (event.key === 'Enter' && active >= 0 && !list.hidden) { pick(matches[active]); event.preventDefault(); }
    else if (event.key === 'Escape' && !list.hidden) { close(); event.stopPropagation(); }
  });
  return el('div', { class: 'search' }, input, list);
}
