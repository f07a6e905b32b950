// Elements are built, never parsed: whatever a label holds, it is shown as text.
const at = (id) => document.getElementById(id);

/** An element with properties, attributes (in `attrs`), listeners (`on…`) and children. */
function el(tag, props = {}, ...children) {
  const svg = ['svg', 'g', 'path', 'circle', 'line', 'text', 'rect'].includes(tag);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (svg || key.includes('-') || ['role', 'lang', 'for', 'class', 'scope', 'colspan', 'list'].includes(key)) element.setAttribute(key, value === true ? '' : value);
    else element[key] = value;
  }
  for (const child of children.flat(9)) {
    if (child !== null && child !== undefined && child !== false && child !== '') element.append(child);
  }
  return element;
}

const fill = (element, ...children) => { element.replaceChildren(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== false && c !== '')); return element; };
const button = (text, onclick, props = {}) => el('button', { type: 'button', onclick, ...props }, text);

/** Read a sentence to those who do not see the page change. */
const announce = (text) => { at('live').textContent = text; };

/** A button that leads to an entity, with its sign. */
const entityButton = (i) => button([sign(classOf(i)), el('bdi', {}, nameOf(i))], () => focusOn(i), { class: 'entity', title: inLanguage([classOf(i).zh, classOf(i).en]) });

const number = (n) => n.toLocaleString(state.lang === 'zh' ? 'zh-CN' : 'en');
