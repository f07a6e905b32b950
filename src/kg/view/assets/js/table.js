// The same statements as a table: for the keyboard, for screen readers, for paper.
const PAGE = 300;
const tableState = { sort: null, down: false, rows: PAGE, onlyFocus: true };
let tableRows = [];

/** One row a statement: its cells as texts to sort by, and what to show. */
function rowsNow() {
  const within = tableState.onlyFocus && lit ? lit.near : null;
  const found = [];
  for (const fact of facts) {
    if (!factShown(fact) || (within && !(within.has(fact.s) && within.has(fact.o)))) continue;
    found.push({ s: fact.s, o: fact.o, stated: fact, texts: [nameOf(fact.s), labelOf(fact), nameOf(fact.o)] });
  }
  for (const figure of figures) {
    if (!entityShown(figure.e) || (within && !within.has(figure.e))) continue;
    found.push({ s: figure.e, stated: figure, value: figure.value, texts: [nameOf(figure.e), inLanguage(figure.measure), inLanguage(figure.words)] });
  }
  entities.forEach((entity, i) => {
    if (!entityShown(i) || (within && !within.has(i))) return;
    for (const a of entity.attributes || []) found.push({ s: i, stated: a, value: a.value, texts: [nameOf(i), a[state.lang], String(a.value)] });
    if (!links[i].length && !entity.figures && !entity.attributes) found.push({ s: i, stated: {}, texts: [nameOf(i), inLanguage(['类型', 'class']), classOf(i)[state.lang]] });
  });
  for (const row of found) {
    const { stated } = row;
    const cited = (stated.spans || []).map((n) => spans[n]);
    const unique = (list) => [...new Set(list.filter(Boolean))].join(' / ');
    row.texts.push(
      [stated.modality && inLanguage(stated.modality), stated.when && inLanguage(stated.when), stated.period && `“${stated.period}”`, stated.within && `${say('compared')} ${inLanguage(stated.within)}`, stated.list && inLanguage(stated.list), ...(stated.more || []).map((m) => `${m[state.lang]} ${m.value}`)].filter(Boolean).join('; '),
      unique(cited.map((span) => span.quote)),
      speakerOf(stated),
      unique(cited.map((span) => (span.article ? titled(inLanguage(span.article)) : span.source && inLanguage(span.source)))));
  }
  if (tableState.sort !== null) {
    const order = new Intl.Collator(state.lang === 'zh' ? 'zh-CN-u-co-pinyin' : 'en', { numeric: true });
    const k = tableState.sort;
    found.sort((a, b) => (k === 2 && typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : order.compare(a.texts[k], b.texts[k])) * (tableState.down ? -1 : 1));
  }
  return found;
}

const COLUMNS = ['subject', 'property', 'object', 'when', 'quote', 'by', 'article'];

function drawTable() {
  tableRows = rowsNow();
  const body = el('tbody', { role: 'rowgroup' });
  fill(at('table'),
    el('div', { class: 'row' }, el('h2', { id: 'table-title' }, say('tableLabel'), ' ', el('span', { class: 'count' }, `${number(tableRows.length)} ${say('rows')}`)),
      lit && el('label', {}, el('input', { type: 'checkbox', checked: tableState.onlyFocus, onchange: (e) => { tableState.onlyFocus = e.target.checked; drawTable(); } }), say('onlyFocus'))),
    el('div', { class: 'scroll', tabIndex: 0, role: 'region', 'aria-labelledby': 'table-title' },
      el('table', { role: 'table' }, el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, COLUMNS.map((name, k) => el('th', { scope: 'col', role: 'columnheader', 'aria-sort': tableState.sort === k ? (tableState.down ? 'descending' : 'ascending') : 'none' },
        button([say(name), el('span', { 'aria-hidden': 'true' }, tableState.sort === k ? (tableState.down ? ' ↓' : ' ↑') : '')], () => sortBy(k), { title: say('sort'), id: `sort-${k}` }))))), body),
      el('div', { id: 'more-rows' })));
  body.append(...tableRows.slice(0, tableState.rows).map(tableRow));
  offerMore(body);
}

function tableRow(row) {
  const link = (i) => button(el('bdi', {}, nameOf(i)), () => focusOn(i, { view: 'graph' }), { class: 'plain' });
  // Roles are spelled out: on a phone each row is a card, which takes a table's own roles away.
  return el('tr', { role: 'row' }, row.texts.map((text, k) => (k === 0
    ? el('th', { scope: 'row', role: 'rowheader' }, link(row.s))
    : el('td', { role: 'cell', ...(k === 4 ? { lang: 'zh', class: 'words' } : {}), 'data-name': text ? say(COLUMNS[k]) : undefined }, k === 2 && row.o !== undefined ? link(row.o) : el('bdi', {}, text),
      k === 2 && row.stated.verbatim && el('span', { class: 'verbatim', lang: 'zh' }, row.stated.verbatim)))));
}

function offerMore(body) {
  const left = tableRows.length - body.children.length;
  fill(at('more-rows'), left > 0 && button(`${say('moreRows')} ${number(Math.min(PAGE, left))} (${number(left)})`, () => {
    tableState.rows += PAGE;
    body.append(...tableRows.slice(body.children.length, tableState.rows).map(tableRow));
    offerMore(body);
  }));
}

function sortBy(k) {
  tableState.down = tableState.sort === k && !tableState.down;
  tableState.sort = k;
  drawTable();
  at(`sort-${k}`).focus();
}

// Paper gets every row, whatever is on the screen.
addEventListener('beforeprint', () => { tableState.rows = Infinity; drawTable(); });
addEventListener('afterprint', () => { tableState.rows = PAGE; drawTable(); });
