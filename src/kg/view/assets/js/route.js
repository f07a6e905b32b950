// The shortest path between two entities, told as a chain of quotes.
let ends = [null, null];

function route() {
  const set = (k) => (i) => { ends[k] = i; if (ends[0] !== null && ends[1] !== null) go(); };
  const go = () => { if (ends[0] !== null && ends[1] !== null) change({ path: [...ends], edge: null, focus: null, tab: 'route' }); };
  return [
    el('p', { class: 'quiet' }, say('pick')),
    el('label', { for: 'from' }, say('start')), searchField('from', say('start'), set(0), ends[0]),
    el('label', { for: 'to' }, say('end')), searchField('to', say('end'), set(1), ends[1]),
    el('div', { class: 'row actions' }, button(say('find'), go, { id: 'find', class: 'main' }),
      button(say('swap'), () => { ends.reverse(); if (state.path) go(); else change({}); }),
      state.path && button(say('clear'), () => { ends = [null, null]; change({ path: null }); })),
    state.path && told(...state.path),
  ];
}

function told(start, end) {
  if (start === end) return el('p', { role: 'status' }, say('same'));
  const steps = shortestPath(start, end);
  if (!steps) return el('p', { role: 'status' }, say('noPath'));
  return el('section', {}, el('h3', {}, `${say('pathFound')} `, el('span', { class: 'count' }, `${steps.length} ${say('steps')}`)),
    el('ol', { class: 'chain' }, el('li', {}, entityButton(start)), steps.map((step) => el('li', {},
      factsShown(step.bundle).map((f) => facts[f]).map((fact) => el('div', { class: 'link' },
        el('p', { class: 'property' }, fact.s === step.from ? '↓ ' : '↑ ', labelOf(fact)), limits(fact), evidence(fact))),
      entityButton(step.to)))));
}
