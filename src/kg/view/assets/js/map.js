// The places by their coordinates: a map without tiles, so that nothing is requested.
const MAP = { width: 340, height: 300, rim: 26, most: 1000, listed: 200 };

function map() {
  const all = entities.map((entity, i) => [i, entity.point]).filter(([i, point]) => point && entityShown(i));
  const places = all.sort((a, b) => degree[b[0]] - degree[a[0]]).slice(0, MAP.most);
  if (!places.length) return [el('p', { class: 'quiet' }, say('noMatch'))];
  const project = projection(framing(places));
  const [top, outside] = [true, false].map((k) => places.filter(([, point]) => isInside(project(point)) === k));
  const unit = Math.min(1, Math.sqrt(60 / places.length)); // many spots are small ones
  const taken = new Taken(40);
  const names = [];
  for (const [i, point] of top) taken.take(square(project(point), 3 * unit));
  for (const [i, point] of top) {
    const [x, y] = project(point);
    const text = shorten(nameOf(i));
    const width = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 10 : 5.6), 4);
    const spot = [[x + 6, y + 3.5, 'start', x + 5], [x - 6, y + 3.5, 'end', x - 5 - width], [x, y - 7, 'middle', x - width / 2], [x, y + 14, 'middle', x - width / 2]]
      .find(([, baseline, , left]) => left > 0 && left + width < MAP.width && taken.isFree([left, baseline - 9, left + width, baseline + 2]));
    if (!spot) continue;
    taken.take([spot[3], spot[1] - 9, spot[3] + width, spot[1] + 2]);
    names.push(el('text', { x: spot[0], y: spot[1], 'text-anchor': spot[2], class: i === state.focus ? 'chosen' : '' }, text));
  }
  return [
    el('svg', { class: 'map', viewBox: `0 0 ${MAP.width} ${MAP.height}`, role: 'group', 'aria-label': say('mapLabel') },
      graticule(project),
      top.map(([i, point]) => spotOf(i, project(point), unit)).reverse(), names, scaleBar(project)),
    el('p', { class: 'quiet' }, say('mapNote'), all.length > places.length && ` ${say('mapped', number(places.length), number(all.length))}`, outside.length > 0 && ` ${say('outside', number(outside.length))}`),
    list('places', [...top, ...outside], ([i]) => el('li', {}, entityButton(i)), MAP.listed),
  ];
}

const square = ([x, y], r) => [x - r, y - r, x + r, y + r];

/** The points of the commonest class set the frame: one far province would shrink all counties to a speck. */
function framing(places) {
  const counts = classes.map(() => 0);
  for (const [i] of places) counts[entities[i].class] += 1;
  const commonest = counts.indexOf(Math.max(...counts));
  return places.filter(([i]) => entities[i].class === commonest).map(([, point]) => point);
}

const isInside = ([x, y]) => x > 4 && x < MAP.width - 4 && y > 4 && y < MAP.height - 4;

/** Equirectangular, true to scale at the middle latitude. */
function projection(points) {
  const [lons, lats] = [0, 1].map((k) => points.map((p) => p[k]));
  const mid = ([...xs]) => (Math.min(...xs) + Math.max(...xs)) / 2;
  const squeeze = Math.cos((mid(lats) * Math.PI) / 180);
  const wide = Math.max((Math.max(...lons) - Math.min(...lons)) * squeeze, 0.2);
  const high = Math.max(Math.max(...lats) - Math.min(...lats), 0.2);
  const unit = Math.min((MAP.width - 2 * MAP.rim) / wide, (MAP.height - 2 * MAP.rim) / high);
  const [lon0, lat0] = [mid(lons), mid(lats)];
  const project = ([lon, lat]) => [MAP.width / 2 + (lon - lon0) * squeeze * unit, MAP.height / 2 - (lat - lat0) * unit];
  project.kilometre = unit / 111.2;
  project.bounds = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  return project;
}

function graticule(project) {
  const [west, south, east, north] = project.bounds;
  const step = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 45].find((s) => Math.max(east - west, north - south) / s <= 5) || 45;
  const lines = [];
  for (let lon = Math.floor(west / step - 1) * step; lon <= east + step; lon += step) {
    const [x] = project([lon, south]);
    if (x > 4 && x < MAP.width - 4) lines.push(el('line', { x1: x, x2: x, y1: 0, y2: MAP.height }), el('text', { x: x + 2, y: MAP.height - 4, class: 'degree' }, `${+lon.toFixed(2)}°E`));
  }
  for (let lat = Math.floor(south / step - 1) * step; lat <= north + step; lat += step) {
    const [, y] = project([west, lat]);
    if (y > 8 && y < MAP.height - 12) lines.push(el('line', { x1: 0, x2: MAP.width, y1: y, y2: y }), el('text', { x: 2, y: y - 2, class: 'degree' }, `${+lat.toFixed(2)}°N`));
  }
  return el('g', { class: 'graticule', 'aria-hidden': 'true' }, lines);
}

function scaleBar(project) {
  const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((k) => k * project.kilometre < 90).pop() || 1;
  const x = MAP.width - 10 - km * project.kilometre;
  return el('g', { class: 'bar', 'aria-hidden': 'true' }, el('line', { x1: x, x2: MAP.width - 10, y1: 12, y2: 12 }), el('text', { x: MAP.width - 10, y: 24, 'text-anchor': 'end' }, `${km} km`));
}

function spotOf(i, [x, y], unit) {
  return el('g', { class: i === state.focus ? 'spot chosen' : 'spot', onclick: () => focusOn(i, { tab: 'map' }) },
    el('circle', { cx: x, cy: y, r: Math.max(3, 11 * unit), class: 'reach' }),
    el('path', { d: outline(classOf(i).shape, x, y, Math.max(1.3, (3.4 + Math.min(4, degree[i] / 6)) * unit)), fill: colourOf(classOf(i)) }));
}
