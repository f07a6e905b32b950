// The words that carry a statement: quote, article, speaker.

/** Evidence of a fact, a figure or an attribute. */
function evidence(stated) {
  const by = speakerOf(stated);
  const list = (stated.spans || []).map((s) => quotation(spans[s], by, stated));
  return list.length ? list : by ? el('p', { class: 'source' }, `${say('speaker')}：${by}`) : null;
}

function quotation(span, by, stated) {
  const where = [];
  if (by) where.push(Number.isInteger(stated.by) ? button(by, () => focusOn(stated.by), { class: 'plain' }) : by);
  if (span.article) where.push(titled(inLanguage(span.article)));
  if (span.source) where.push(inLanguage(span.source));
  if (span.start !== undefined) where.push(`${say('chars')} ${span.start}–${span.end}`);
  const caption = el('figcaption', { class: 'source' }, where.map((part, k) => [k ? ' · ' : '', part]));
  if (!span.quote) return el('p', { class: 'source background' }, `${say('background')}：`, where.map((part, k) => [k ? ' · ' : '', part]));
  return el('figure', { class: 'quote' }, el('blockquote', { lang: 'zh' }, el('bdi', {}, span.quote)), caption);
}

const titled = (title) => (state.lang === 'zh' ? `《${title}》` : `“${title}”`);

/** What limits a statement: forecast or plan, the page's wording of its period, more of its attributes. */
function limits(stated) {
  const parts = [];
  if (stated.modality) parts.push(el('span', { class: 'badge' }, inLanguage(stated.modality)));
  if (stated.when) parts.push(el('span', { class: 'when' }, inLanguage(stated.when)));
  if (stated.period) parts.push(el('span', { class: 'when', lang: 'zh' }, `“${stated.period}”`));
  if (stated.within) parts.push(el('span', { class: 'when' }, `${say('compared')}：${inLanguage(stated.within)}`));
  if (stated.list) parts.push(el('span', { class: 'when' }, `${say('list')}：${inLanguage(stated.list)}`));
  if (stated.method) parts.push(el('span', { class: 'when' }, `${say('method')}：${inLanguage(stated.method)}`));
  for (const more of stated.more || []) parts.push(el('span', { class: 'when' }, `${more[state.lang]} ${more.value}`));
  return parts.length ? el('p', { class: 'limits' }, parts) : null;
}

/** A figure: measure, value in words, the page's own wording, period, and who said it. */
function figureItem(figure, { withSubject = false } = {}) {
  return el('li', { class: 'figure' },
    withSubject && entityButton(figure.e),
    el('p', { class: 'measure' }, inLanguage(figure.measure)),
    el('p', { class: 'value' }, inLanguage(figure.words), figure.verbatim && el('span', { class: 'verbatim', lang: 'zh' }, figure.verbatim)),
    limits(figure), evidence(figure));
}

/** A fact told from one of its ends, or whole. */
function factItem(fact, from = null) {
  const out = fact.s === from;
  return el('li', { class: 'fact' },
    from === null
      ? el('p', {}, entityButton(fact.s), el('span', { class: 'property' }, ` ${labelOf(fact)} → `), entityButton(fact.o))
      : el('p', {}, el('span', { class: 'way', title: labelOf(fact) }, properties[fact.p].directed ? (out ? '→ ' : '← ') : '— '), entityButton(out ? fact.o : fact.s),
        fact.label && el('span', { class: 'property' }, ` ${inLanguage(fact.label)}`)),
    limits(fact), evidence(fact));
}
