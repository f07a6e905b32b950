// Put the page together and keep it in step with the state.
let started = false;
const TABS = ['legend', 'details', 'route', 'map'];
const PAGES = { legend, details, route, map };
const hasMap = entities.some((entity) => entity.point);
const tabs = TABS.filter((name) => name !== 'map' || hasMap);

function drawBar() {
  document.documentElement.lang = state.lang;
  document.documentElement.dataset.theme = state.theme;
  const title = page.title || say('heading');
  document.title = title;
  at('title').textContent = title;
  at('skip').textContent = say('skip');
  at('graph').setAttribute('aria-label', say('graph'));
  at('panel').setAttribute('aria-label', say('details'));
  at('tabs').setAttribute('aria-label', say('details'));
  at('tools').setAttribute('aria-label', say('download'));
  at('count').textContent = [`${number(entities.length)} ${say('entities')}`, `${number(facts.length)} ${say('statements')}`, figures.length && `${number(figures.length)} ${say('figures')}`].filter(Boolean).join(' · ');
  fill(at('tools'),
    button(state.view === 'table' ? say('picture') : say('table'), () => change({ view: state.view === 'table' ? 'graph' : 'table' }), { id: 'view' }),
    el('details', { id: 'downloads' }, el('summary', {}, say('download')), el('ul', {}, Object.entries(DOWNLOADS).map(([name, run]) => el('li', {}, button(say(name), () => { run(); at('downloads').open = false; }, { id: `save-${name}` }))))),
    button(isDark() ? say('light') : say('dark'), () => change({ theme: isDark() ? 'light' : 'dark' }), { id: 'theme' }),
    button(say('other'), () => change({ lang: state.lang === 'zh' ? 'en' : 'zh' }), { id: 'lang', title: say('otherTitle'), lang: state.lang === 'zh' ? 'en' : 'zh' }));
  fill(at('zoom'), [['+', 'zoomIn', () => zoomBy(1.3)], ['−', 'zoomOut', () => zoomBy(1 / 1.3)], ['⤢', 'fit', showAll]].map(([text, name, run]) => button(text, run, { title: say(name), 'aria-label': say(name) })));
  at('notice').hidden = entities.length > 0;
  at('notice').textContent = entities.length ? '' : say('empty');
  fill(at('search'), searchField('find-entity', say('search'), (i) => focusOn(i)));
}

function drawTabs() {
  fill(at('tabs'), tabs.map((name) => button(say(name), () => change({ tab: name }), {
    role: 'tab', id: `tab-${name}`, 'aria-selected': String(state.tab === name), 'aria-controls': 'pages', tabIndex: state.tab === name ? 0 : -1, onkeydown: tabByKey,
  })));
}

function tabByKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length];
  change({ tab: next });
  at(`tab-${next}`).focus();
  event.preventDefault();
}

function drawPanel() {
  const pages = at('pages');
  pages.setAttribute('role', 'tabpanel');
  pages.setAttribute('aria-labelledby', `tab-${state.tab}`);
  // A switch that was used keeps the keyboard's place when the list is drawn again.
  const held = document.activeElement && pages.contains(document.activeElement) ? document.activeElement.id : '';
  fill(pages, PAGES[state.tab]());
  if (held && at(held)) at(held).focus();
}

function drawAll(patch) {
  if ('lang' in patch || 'theme' in patch || 'view' in patch || !Object.keys(patch).length) drawBar();
  refreshCanvas(patch);
  drawTabs();
  drawPanel();
  if ('focus' in patch || 'edge' in patch) { at('panel').scrollTop = 0; at('pages').scrollTop = 0; }
  at('app').className = state.view;
  at('table').hidden = state.view !== 'table';
  at('zoom').hidden = state.view === 'table';
  if (state.view === 'table') drawTable();
  if (patch.view === 'graph') network.redraw();
  if ('focus' in patch && patch.focus !== null) announce(`${say('focused')} ${nameOf(patch.focus)}`);
}

addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
  if (event.key === 'Escape' && at('downloads').open) { at('downloads').open = false; at('downloads').querySelector('summary').focus(); }
  else if (event.key === 'Escape' && (state.focus !== null || state.edge !== null || state.path)) clearFocus();
  else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) { at('find-entity').focus(); event.preventDefault(); }
});
addEventListener('hashchange', () => applyHash());
addEventListener('pointerdown', (event) => { if (at('downloads').open && !at('downloads').contains(event.target)) at('downloads').open = false; });

function applyHash() {
  const found = readHash();
  if (found.path) ends = [...found.path];
  change(found, { write: false });
}

onChange(drawAll);
Object.assign(state, readHash());
document.documentElement.dataset.theme = state.theme;
startCanvas();
colours = paper();
fills = classes.map(colourOf);
showAll();
applyHash();
started = true;
