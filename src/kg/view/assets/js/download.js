// Downloads are made in the page: a picture of what is seen, a file of all that it holds.
function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  announce(`${say('saved')} ${name}`);
}

function savePng() {
  const drawn = at('graph').querySelector('canvas');
  const copy = el('canvas', { width: drawn.width, height: drawn.height });
  const ctx = copy.getContext('2d');
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => save('graph.png', 'image/png', blob), 'image/png');
}

// XML has no place for control characters and lone surrogates.
const xml = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** What a function draws on the canvas as it stands, as an image to put into a drawing. */
function picture(draw) {
  const drawn = at('graph').querySelector('canvas');
  const copy = el('canvas', { width: drawn.width, height: drawn.height });
  const ctx = copy.getContext('2d');
  const ratio = drawn.width / at('graph').clientWidth;
  const [scale, { x, y }] = [network.getScale(), network.getViewPosition()];
  ctx.setTransform(scale * ratio, 0, 0, scale * ratio, drawn.width / 2 - x * scale * ratio, drawn.height / 2 - y * scale * ratio);
  draw(ctx);
  return copy.toDataURL();
}

function svgText() {
  const scale = network.getScale();
  const { x: cx, y: cy } = network.getViewPosition();
  const [w, h] = [at('graph').clientWidth, at('graph').clientHeight];
  const on = (x, y) => [(x - cx) * scale + w / 2, (y - cy) * scale + h / 2].map((n) => Math.round(n * 10) / 10);
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" font-family="sans-serif"><title>${xml(page.title || say('heading'))}</title><rect width="${w}" height="${h}" fill="${colours.paper}"/>`];
  const edgesApart = !large || (lit && lit.along.size <= DIRECT);
  if (large) parts.push(`<image href="${picture(drawLayers)}" width="${w}" height="${h}"/>`);
  for (const bundle of large ? (edgesApart ? [...lit.along].map((id) => bundles[id]).filter(bundleShown) : []) : visibleBundles) {
    const [a, b] = [nodes[bundle.a], nodes[bundle.b]];
    const stands = lit && lit.along.has(bundle.id);
    parts.push(`<path d="M${on(a.x, a.y).join(' ')}Q${on(...bend(bundle)).join(' ')} ${on(b.x, b.y).join(' ')}" fill="none" stroke="${stands ? colours.accent : colours.edge}" stroke-width="${stands ? 2 : 1}" opacity="${lit && !stands ? 0.15 : 0.5}"/>`);
  }
  for (const i of large ? present : ranked) {
    if (!entityShown(i)) continue;
    const [x, y] = on(nodes[i].x, nodes[i].y);
    parts.push(`<path d="${outline(nodes[i].shape, x, y, nodes[i].size * scale)}" fill="${fills[nodes[i].group]}" opacity="${lit && !lit.near.has(i) ? 0.15 : 1}"><title>${xml(nameOf(i))}</title></path>`);
  }
  for (const { text, box: [l, t, r, b] } of placed) {
    parts.push(`<text x="${(l + r) / 2}" y="${(t + b) / 2}" font-size="${Math.round((b - t) / 1.24)}" text-anchor="middle" dominant-baseline="central" fill="${colours.ink}" stroke="${colours.paper}" stroke-width="3" paint-order="stroke">${xml(text)}</text>`);
  }
  return `${parts.join('\n')}\n</svg>\n`;
}

const quotesOf = (stated) => (stated.spans || []).map((s) => spans[s].quote).filter(Boolean).join(' / ');

function graphmlText() {
  const keys = [['node', 'label_zh'], ['node', 'label_en'], ['node', 'type'], ['edge', 'property'], ['edge', 'label'], ['edge', 'quote'], ['edge', 'speaker']];
  const datum = (key, value) => (value ? `<data key="${key}">${xml(value)}</data>` : '');
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([of, name]) => `<key id="${name}" for="${of}" attr.name="${name}" attr.type="string"/>`), '<graph edgedefault="directed">'];
  entities.forEach((entity, i) => lines.push(`<node id="${xml(iriOf(i))}">${datum('label_zh', entity.zh)}${datum('label_en', entity.en)}${datum('type', classes[entity.class].id)}</node>`));
  facts.forEach((fact, n) => lines.push(`<edge id="${n}" source="${xml(iriOf(fact.s))}" target="${xml(iriOf(fact.o))}">${datum('property', properties[fact.p].id)}${datum('label', labelOf(fact))}${datum('quote', quotesOf(fact))}${datum('speaker', speakerOf(fact))}</edge>`));
  return `${lines.join('\n')}\n</graph>\n</graphml>\n`;
}

function csvText() {
  // A cell that begins like a formula is marked as text; otherwise a spreadsheet would run it.
  const cell = (text) => { const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe; };
  const before = [state.hide, state.drop, tableState.onlyFocus];
  [state.hide, state.drop, tableState.onlyFocus] = [new Set(), new Set(), false];
  const rows = rowsNow();
  [state.hide, state.drop, tableState.onlyFocus] = before;
  return `\ufeff${[COLUMNS.map(say), ...rows.map((row) => COLUMNS.map((_, k) => cellOf(row, k)))].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const DOWNLOADS = {
  png: savePng,
  svg: () => save('graph.svg', 'image/svg+xml', svgText()),
  graphml: () => save('graph.graphml', 'application/xml', graphmlText()),
  csv: () => save('graph.csv', 'text/csv;charset=utf-8', csvText()),
};
