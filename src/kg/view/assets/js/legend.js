// The legend: what each sign means, and switches that hide a class or a relation.
function legend() {
  const perClass = classes.map(() => 0);
  const perProperty = properties.map(() => 0);
  for (const entity of entities) perClass[entity.class] += 1;
  for (const fact of facts) perProperty[fact.p] += 1;
  return [
    large && el('p', { class: 'quiet' }, say('points')),
    group('classes', classes, perClass, state.hide, 'hide', sign),
    properties.length ? group('properties', properties, perProperty, state.drop, 'drop', () => null) : null,
    aboutPage(),
  ];
}

function group(title, all, counts, off, key, mark) {
  const set = (numbers) => change({ [key]: new Set(numbers) });
  const order = all.map((_, n) => n).sort((a, b) => counts[b] - counts[a] || a - b);
  return el('section', {}, el('div', { class: 'row' }, el('h2', {}, say(title)),
    button(say('all'), () => set([]), { class: 'plain', 'aria-label': `${say(title)}: ${say('all')}` }),
    button(say('none'), () => set(order), { class: 'plain', 'aria-label': `${say(title)}: ${say('none')}` })),
  el('ul', { class: 'switches' }, order.map((n) => el('li', {}, el('label', {},
    el('input', {
      type: 'checkbox', checked: !off.has(n), id: `${key}-${n}`,
      onchange: (event) => { const next = new Set(off); if (event.target.checked) next.delete(n); else next.add(n); set(next); },
    }), mark(all[n]), el('span', { class: 'name' }, el('bdi', {}, all[n][state.lang])), el('span', { class: 'count' }, number(counts[n])))))));
}

function aboutPage() {
  const hidden = Object.entries(scene.leftOut);
  return el('details', { class: 'about' }, el('summary', {}, say('about')),
    page.query && [el('h3', {}, say('query')), el('pre', { tabIndex: 0 }, page.query)],
    page.chosen && [el('h3', {}, say('chosen')), el('pre', { tabIndex: 0 }, page.chosen)],
    el('h3', {}, say('keys')), el('p', {}, say('keysText')),
    hidden.length > 0 && [el('h3', {}, say('leftOut')), el('p', { class: 'quiet' }, hidden.map(([name, n]) => `${name} ×${n}`).join(', '))]);
}
