// What the page holds: entities, the bundles of facts between them, and which are hidden.
const { page, scene, ...drawn } = JSON.parse(document.getElementById('data').textContent);
const { classes, properties, communities } = scene;
const [nodes, entities, facts, figures, spans] = [drawn.nodes, scene.entities, scene.facts, scene.figures, scene.spans].map(rowsOf);

/** A bundle is all facts between two entities, in either direction: one edge of the drawing. */
const bundles = rowsOf(drawn.edges).map((edge, id) => ({ id, a: edge.from, b: edge.to, facts: edge.facts }));

/** Above so many entities or edges they are drawn in layers, with a few hundred entities in detail. */
const MANY = 1500;
const DENSE = 6000;
const large = nodes.length > MANY || bundles.length > DENSE;

/** The bundles at each entity. */
const links = entities.map(() => []);
for (const bundle of bundles) {
  links[bundle.a].push(bundle);
  if (bundle.b !== bundle.a) links[bundle.b].push(bundle);
}

/** What each entity is the speaker of. */
const said = entities.map(() => []);
for (const fact of facts) if (Number.isInteger(fact.by)) said[fact.by].push({ fact });
for (const figure of figures) if (Number.isInteger(figure.by)) said[figure.by].push({ figure });

const byId = new Map(entities.map((entity, i) => [entity.id, i]));
const degree = links.map((list) => list.length);
/** Entities, the best-linked first. */
const ranked = entities.map((_, i) => i).sort((a, b) => degree[b] - degree[a] || a - b);

/** The IRI behind an entity's short name. */
function iriOf(i) {
  const { id } = entities[i];
  const colon = id.indexOf(':');
  return id.startsWith('<') ? id.slice(1, -1) : scene.prefixes[id.slice(0, colon)] + id.slice(colon + 1);
}

const nameOf = (i) => entities[i][state.lang];
const otherNameOf = (i) => entities[i][state.lang === 'zh' ? 'en' : 'zh'];
const classOf = (i) => classes[entities[i].class];
const inLanguage = (pair) => pair[state.lang === 'zh' ? 0 : 1];
const labelOf = (fact) => (fact.label ? inLanguage(fact.label) : properties[fact.p][state.lang]);
const speakerOf = (said) => (said.by === undefined ? '' : Number.isInteger(said.by) ? nameOf(said.by) : inLanguage(said.by));
const other = (bundle, i) => (bundle.a === i ? bundle.b : bundle.a);

const entityShown = (i) => !state.hide.has(entities[i].class);
const factShown = (fact) => !state.drop.has(fact.p) && entityShown(fact.s) && entityShown(fact.o);
const factsShown = (bundle) => bundle.facts.filter((f) => factShown(facts[f]));
const bundleShown = (bundle) => bundle.facts.some((f) => factShown(facts[f]));

/** The entities within so many steps of one, and the bundles between them that lead there. */
function around(centre, depth) {
  const near = new Set([centre]);
  const along = new Set();
  let layer = [centre];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const i of layer) {
      for (const bundle of links[i]) {
        if (!bundleShown(bundle)) continue;
        along.add(bundle.id);
        const j = other(bundle, i);
        if (!near.has(j)) { near.add(j); next.push(j); }
      }
    }
    layer = next;
  }
  return { near, along };
}

/** The bundles of a shortest path, or null: breadth first, the best-linked entities first. */
function shortestPath(start, end) {
  const came = new Map([[start, null]]);
  let layer = [start];
  while (layer.length && !came.has(end)) {
    const next = [];
    for (const i of layer) {
      for (const bundle of links[i]) {
        const j = other(bundle, i);
        if (!came.has(j) && bundleShown(bundle)) { came.set(j, { i, bundle }); next.push(j); }
      }
    }
    layer = next.sort((a, b) => degree[b] - degree[a] || a - b);
  }
  if (!came.has(end)) return null;
  const steps = [];
  for (let j = end; came.get(j); j = came.get(j).i) steps.unshift({ from: came.get(j).i, to: j, bundle: came.get(j).bundle });
  return steps;
}
