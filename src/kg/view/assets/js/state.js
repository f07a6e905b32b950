// What the reader chose; the address's hash holds it, so that a link shows the same.
const state = {
  lang: page.lang, theme: '', focus: null, depth: 1, edge: null, path: null,
  hide: new Set(), drop: new Set(), view: 'graph', tab: 'legend',
};
const listeners = [];
const onChange = (listener) => listeners.push(listener);

/** Change some of the state and tell all who show it. */
function change(patch, { write = true } = {}) {
  Object.assign(state, patch);
  for (const listener of listeners) listener(patch);
  if (write) writeHash();
}

const focusOn = (i, patch = {}) => change({ focus: i, depth: 1, edge: null, path: null, tab: 'details', ...patch });
const clearFocus = () => change({ focus: null, edge: null, path: null, tab: 'legend' });

function writeHash() {
  const hash = new URLSearchParams();
  if (state.lang !== page.lang) hash.set('lang', state.lang);
  if (state.theme) hash.set('theme', state.theme);
  if (state.focus !== null) hash.set('focus', entities[state.focus].id);
  if (state.focus !== null && state.depth !== 1) hash.set('depth', state.depth);
  if (state.edge !== null) hash.set('edge', [bundles[state.edge].a, bundles[state.edge].b].map((i) => entities[i].id).join('~'));
  if (state.path) hash.set('path', state.path.map((i) => entities[i].id).join('~'));
  if (state.hide.size) hash.set('hide', [...state.hide].map((c) => classes[c].id).join('~'));
  if (state.drop.size) hash.set('drop', [...state.drop].map((p) => properties[p].id).join('~'));
  if (state.view !== 'graph') hash.set('view', state.view);
  if (['map', 'route'].includes(state.tab)) hash.set('tab', state.tab);
  const text = hash.toString().replaceAll('%3A', ':').replaceAll('%7E', '~');
  if (`#${text}` !== (location.hash || '#')) history.replaceState(null, '', `#${text}`);
}

/** Read the state out of the hash; what it names and the page does not hold is passed over. */
function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const list = (key) => (hash.get(key) || '').split('~').filter(Boolean);
  const indexOf = (all) => (id) => all.findIndex((one) => one.id === id);
  const known = (numbers) => numbers.filter((n) => n >= 0);
  const ends = (key) => { const two = list(key).map((id) => byId.get(id)); return two.length === 2 && two.every((i) => i !== undefined) ? two : null; };
  const edge = ends('edge');
  const bundle = edge && links[edge[0]].find((b) => other(b, edge[0]) === edge[1]);
  const focus = byId.get(hash.get('focus'));
  const path = ends('path');
  const found = {
    lang: ['zh', 'en'].includes(hash.get('lang')) ? hash.get('lang') : page.lang,
    theme: ['light', 'dark'].includes(hash.get('theme')) ? hash.get('theme') : '',
    focus: focus === undefined ? null : focus,
    depth: Math.min(9, Math.max(1, Number.parseInt(hash.get('depth'), 10) || 1)),
    edge: bundle ? bundle.id : null,
    path,
    hide: new Set(known(list('hide').map(indexOf(classes)))),
    drop: new Set(known(list('drop').map(indexOf(properties)))),
    view: hash.get('view') === 'table' ? 'table' : 'graph',
  };
  found.tab = path ? 'route' : found.focus !== null || bundle ? 'details' : hash.get('tab') === 'map' ? 'map' : hash.get('tab') === 'route' ? 'route' : 'legend';
  return found;
}
