// What is known of an entity, or of the facts on an edge.
const SHOWN = 8;
const PART = 100;

function details() {
  if (state.edge !== null) return edgeDetails(bundles[state.edge]);
  if (state.focus === null) return [el('p', { class: 'quiet' }, entities.length ? say('nothing') : say('empty'))];
  return entityDetails(state.focus);
}

function entityDetails(i) {
  const entity = entities[i];
  return [
    el('h2', { class: 'name', tabIndex: -1, id: 'subject' }, sign(classOf(i)), el('bdi', {}, nameOf(i))),
    el('p', { class: 'quiet' }, [classOf(i)[state.lang], otherNameOf(i) !== nameOf(i) && otherNameOf(i), entity.id].filter(Boolean).map((part, k) => [k ? ' · ' : '', el('bdi', {}, part)])),
    entity.aliases && el('p', { class: 'quiet' }, `${say('alias')}：${entity.aliases.join('、')}`),
    el('div', { class: 'row actions' },
      button(say('expand'), () => change({ depth: Math.min(9, state.depth + 1) }), { id: 'expand' }),
      state.depth > 1 && button(say('shrink'), () => change({ depth: state.depth - 1 }), { id: 'shrink' }),
      button(say('from'), () => { ends[0] = i; change({ tab: 'route' }); }, { id: 'path-from' }),
      button(say('to'), () => { ends[1] = i; change(ends[0] === null ? { tab: 'route' } : { tab: 'route', path: [...ends], focus: null }); }, { id: 'path-to' }),
      button(say('copy'), (event) => copyLink(event.target)),
      button(say('clear'), clearFocus)),
    state.depth > 1 && el('p', { class: 'quiet' }, `${state.depth} ${say('step')}：${number(lit.near.size)} ${say('entities')}`),
    entity.figures && section('numbers', entity.figures.length, list('figures', entity.figures, (f) => figureItem(figures[f]))),
    entity.attributes && section('attributes', entity.attributes.length, el('dl', {}, entity.attributes.map((a) => [
      el('dt', {}, a[state.lang]), el('dd', {}, el('bdi', {}, String(a.value)), (a.spans || []).some((s) => spans[s].quote) ? evidence(a) : null)]))),
    relations(i),
    said[i].length > 0 && section('said', said[i].length, list('facts', said[i], ({ fact, figure }) => (fact ? factItem(fact) : figureItem(figure, { withSubject: true })))),
  ];
}

/** Facts of an entity, by relation and direction. */
function relations(i) {
  const groups = new Map();
  for (const bundle of links[i]) {
    for (const f of bundle.facts) {
      if (!factShown(facts[f])) continue;
      const key = `${facts[f].p} ${facts[f].s === i}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(facts[f]);
    }
  }
  const ordered = [...groups.values()].sort((a, b) => a.length - b.length);
  const total = ordered.reduce((sum, group) => sum + group.length, 0);
  return total > 0 && section('relations', total, ordered.map((group) => el('div', { class: 'group' },
    el('h4', {}, `${properties[group[0].p][state.lang]} `, el('span', { class: 'count' }, group.length > 1 ? number(group.length) : '')),
    list('facts', group, (fact) => factItem(fact, i)))));
}

/** A list whose rest folds away; a long rest is made when it is opened, a part at a time. */
function list(kind, all, item, shown = SHOWN) {
  const rest = all.slice(shown);
  const folded = el('ul', { class: kind });
  const more = el('p');
  const fillIn = () => {
    folded.append(...rest.slice(folded.children.length, folded.children.length + PART).map(item));
    const left = rest.length - folded.children.length;
    fill(more, left > 0 && button(`${say('moreRows')} ${number(Math.min(PART, left))} (${number(left)})`, fillIn, { class: 'plain' }));
  };
  if (rest.length <= PART) fillIn();
  return [el('ul', { class: kind }, all.slice(0, shown).map(item)),
    rest.length > 0 && el('details', { ontoggle: () => { if (!folded.children.length) fillIn(); } }, el('summary', {}, `${say('restFacts')} ${number(rest.length)}`), folded, more)];
}

const section = (title, count, ...content) => el('section', {}, el('h3', {}, say(title), ' ', el('span', { class: 'count' }, number(count))), content);

function edgeDetails(bundle) {
  const shown = factsShown(bundle).map((f) => facts[f]);
  return [
    el('h2', { class: 'name', tabIndex: -1, id: 'subject' }, el('bdi', {}, nameOf(bundle.a)), ' — ', el('bdi', {}, nameOf(bundle.b))),
    el('p', { class: 'quiet' }, `${number(shown.length)} ${say('facts')}`),
    el('div', { class: 'row actions' }, button(say('copy'), (event) => copyLink(event.target)), button(say('clear'), clearFocus)),
    el('ul', { class: 'facts' }, shown.map((fact) => factItem(fact))),
  ];
}

function copyLink(target) {
  const done = () => { target.textContent = say('copied'); announce(say('copied')); };
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(done, () => selectLink(target));
  else selectLink(target);
}

/** Where the clipboard is closed to a page (a file on some systems), show the link to copy. */
function selectLink(target) {
  const input = el('input', { value: location.href, readOnly: true, 'aria-label': say('copy') });
  target.replaceWith(input);
  input.select();
}
