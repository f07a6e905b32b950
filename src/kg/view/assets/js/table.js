// The same statements as a table: for the keyboard, for screen readers, for paper.
const PAGE = 300;
const PRINTED = 3000;
const tableState = { sort: null, down: false, rows: PAGE, onlyFocus: true };
let tableRows = [];

/** One row a statement: what to show and to sort by; its cells are made when they are needed. */
function rowsNow() {
  const within = tableState.onlyFocus && lit ? lit.near : null;
  const found = [];
  const add = (s, stated, told, o) => found.push({ s, o, stated, told });
  for (const fact of facts) {
    if (!factShown(fact) || (within && !(within.has(fact.s) && within.has(fact.o)))) continue;
    add(fact.s, fact, () => [labelOf(fact), nameOf(fact.o)], fact.o);
  }
  for (const figure of figures) {
    if (!entityShown(figure.e) || (within && !within.has(figure.e))) continue;
    add(figure.e, figure, () => [inLanguage(figure.measure), inLanguage(figure.words)]);
  }
  entities.forEach((entity, i) => {
    if (!entityShown(i) || (within && !within.has(i))) return;
    for (const a of entity.attributes || []) add(i, a, () => [a[state.lang], String(a.value)]);
    if (!links[i].length && !entity.figures && !entity.attributes) add(i, {}, () => [inLanguage(['类型', 'class']), classOf(i)[state.lang]]);
  });
  if (tableState.sort !== null) sortRows(found, tableState.sort, tableState.down ? -1 : 1);
  return found;
}

/** The text of a row in a column. */
function cellOf({ s, stated, told }, column) {
  const cited = () => (stated.spans || []).map((n) => spans[n]);
  const unique = (list) => [...new Set(list.filter(Boolean))].join(' / ');
  switch (COLUMNS[column]) {
    case 'subject': return nameOf(s);
    case 'property': return told()[0];
    case 'object': return told()[1];
    case 'when': return [stated.modality && inLanguage(stated.modality), stated.when && inLanguage(stated.when), stated.period && `“${stated.period}”`, stated.within && `${say('compared')} ${inLanguage(stated.within)}`, stated.list && inLanguage(stated.list), ...(stated.more || []).map((m) => `${m[state.lang]} ${m.value}`)].filter(Boolean).join('; ');
    case 'quote': return unique(cited().map((span) => span.quote));
    case 'by': return speakerOf(stated);
    default: return unique(cited().map((span) => (span.article ? titled(inLanguage(span.article)) : span.source && inLanguage(span.source))));
  }
}

/** Sort by a column: each text that occurs is given its rank once, as comparing Chinese by pinyin is slow. */
function sortRows(rows, column, way) {
  const order = new Intl.Collator(state.lang === 'zh' ? 'zh-CN-u-co-pinyin' : 'en', { numeric: true });
  const texts = rows.map((row) => cellOf(row, column));
  const rank = new Map([...new Set(texts)].sort(order.compare).map((text, n) => [text, n]));
  const value = ({ stated }) => (column === 2 && typeof stated.value === 'number' ? stated.value : null);
  const keys = new Map(rows.map((row, n) => [row, [rank.get(texts[n]), value(row)]]));
  rows.sort((a, b) => {
    const [[textA, a2], [textB, b2]] = [keys.get(a), keys.get(b)];
    return (a2 !== null && b2 !== null ? a2 - b2 : textA - textB) * way;
  });
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
  return el('tr', { role: 'row' }, COLUMNS.map((_, k) => cellOf(row, k)).map((text, k) => (k === 0
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

// Paper gets every row, whatever is on the screen; a graph that fills more than a hundred sheets says what it leaves.
addEventListener('beforeprint', () => {
  tableState.rows = PRINTED;
  drawTable();
  if (tableRows.length > PRINTED) fill(at('more-rows'), el('p', {}, say('printed', number(PRINTED), number(tableRows.length))));
});
addEventListener('afterprint', () => { tableState.rows = PAGE; drawTable(); });
