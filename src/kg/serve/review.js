"use strict";
// One state comes from the server after each change; the page is drawn from it anew, with textContent only.
const token = document.querySelector("meta[name=kg-token]").content;
const el = (id) => document.getElementById(id);
const NAMES = { proposed: "待定", accepted: "已接受", rejected: "已拒绝" };
let state = null, here = null, editing = null, busy = false;
history.replaceState(null, "", "/");  // the token does not stay in the address bar

async function call(path, body) {
  const options = { headers: { "X-Kg-Token": token } };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify({ ...body, stamp: state.stamp }) });
  let answer;
  try { answer = await fetch(path, options); }
  catch { throw new Error("没有保存：kg review 已停止。 Not saved: kg review has stopped."); }
  const value = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(value.error), { changed: answer.status === 409 });
  return value;
}

function say(text, reload = false) {
  el("message").hidden = !text;
  el("message").textContent = text;
  if (reload) {
    const button = make("button", "重新载入 reload", "");
    button.onclick = load;
    el("message").append(" ", button);
  }
}

function make(name, text, className) {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  if (className) node.className = className;
  return node;
}

const visible = () => state.facts.filter((f) => !el("open").checked || f.status === "proposed" || f.key === here);
const current = () => state.facts.find((f) => f.key === here);

function draw() {
  el("source").textContent = state.source;
  const open = state.facts.filter((f) => f.status === "proposed").length;
  el("progress").textContent = `${state.facts.length - open} / ${state.facts.length} 已定，${open} 待定`;
  drawText();
  drawFacts();
}

function drawText() {
  const spans = state.facts.flatMap((f) => f.spans.map(([start, end]) => ({ start, end, fact: f })));
  el("text").replaceChildren(...state.paragraphs.map((paragraph) => {
    const node = make("p");
    node.dataset.start = paragraph.start;
    const end = paragraph.start + paragraph.text.length;
    const inside = spans.filter((s) => s.start < end && paragraph.start < s.end);
    const cuts = [...new Set([paragraph.start, end, ...inside.flatMap((s) => [s.start, s.end])])]
      .filter((c) => c >= paragraph.start && c <= end).sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i++) {
      const words = paragraph.text.slice(cuts[i] - paragraph.start, cuts[i + 1] - paragraph.start);
      const over = inside.filter((s) => s.start <= cuts[i] && cuts[i + 1] <= s.end);
      if (!over.length) { node.append(words); continue; }
      const chosen = over.find((s) => s.fact.key === here) || over.sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
      const mark = make("mark", words, chosen.fact.status + (chosen.fact.key === here ? " here" : ""));
      mark.onclick = () => { if (getSelection().isCollapsed) choose(chosen.fact.key); };
      node.append(mark);
    }
    return node;
  }));
}

function drawFacts() {
  el("facts").replaceChildren(...visible().map((fact) => {
    const node = make("div", "", `fact ${fact.status}${fact.key === here ? " here" : ""}`);
    node.dataset.key = fact.key;
    for (const words of fact.says) node.append(make("p", words));
    node.append(make("pre", fact.lines));
    const about = make("div", "", "about");
    about.append(make("span", NAMES[fact.status]));
    if (fact.rule) about.append(make("span", `${fact.rule} · ${fact.confidence}`));
    if (fact.asks) about.append(make("span", `请选择 ${fact.asks}`, "asks"));
    if (fact.id) {
      for (const [label, action] of [["接受", () => decide("accepted")], ["修改", edit], ["拒绝", () => decide("rejected")]]) {
        const button = make("button", label);
        button.onclick = (event) => { event.stopPropagation(); choose(fact.key); action(); };
        about.append(button);
      }
    }
    node.append(about);
    node.onclick = () => choose(fact.key);
    return node;
  }));
}

function choose(key) {
  here = key;
  draw();
  for (const node of [document.querySelector(".fact.here"), document.querySelector("mark.here")])
    node?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const list = visible();
  if (!list.length) return;
  const at = list.findIndex((f) => f.key === here);
  choose(list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))].key);
}

async function change(path, body) {
  if (busy) return false;
  busy = true;
  try { state = await call(path, body); say(""); return true; }
  catch (error) { say(error.message, error.changed); return error; }
  finally { busy = false; draw(); }
}

async function decide(status) {
  const fact = current();
  if (!fact?.id) return;
  const list = visible(), next = list[list.indexOf(fact) + 1] || list[list.indexOf(fact) - 1];
  if (await change("/api/decide", { id: fact.id, status }) === true && status !== "proposed" && next) choose(next.key);
}

function edit() {
  const fact = current();
  if (!fact?.id) return;
  openEditor({ id: fact.id }, "", fact.lines);
}

function openEditor(what, quoted, lines) {
  editing = what;
  el("quoted").textContent = quoted;
  el("wrong").textContent = "";
  el("lines").value = lines;
  el("editor").showModal();
  el("lines").focus();
}

async function save() {
  const lines = el("lines").value;
  const done = editing.id ? await change("/api/edit", { id: editing.id, lines }) : await change("/api/add", { ...editing, statement: lines });
  if (done === true) el("editor").close();
  else if (done) el("wrong").textContent = done.message;
}

function offset(node, within) {
  const paragraph = (node.nodeType === 1 ? node : node.parentElement)?.closest("#text p");
  if (!paragraph) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, within);
  return Number(paragraph.dataset.start) + range.toString().length;
}

function add() {
  const range = getSelection().rangeCount && getSelection().getRangeAt(0);
  const start = range && offset(range.startContainer, range.startOffset), end = range && offset(range.endContainer, range.endOffset);
  if (!range || range.collapsed || start === null || end === null) { say("先在左边选中文字。 Select words on the left first."); return; }
  openEditor({ start, end }, `“${range}”：主语 属性 宾语，或 主语 指标 数值 [单位]`, "");
}

async function load() {
  try { state = await call("/api/page"); say(""); }
  catch (error) { say(error.message); return; }
  here = here && state.facts.some((f) => f.key === here) ? here : state.facts.find((f) => f.status === "proposed")?.key ?? null;
  draw();
}

document.addEventListener("keydown", (event) => {
  if (el("editor").open) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !state) return;
  const action = { j: () => step(1), k: () => step(-1), a: () => decide("accepted"), r: () => decide("rejected"), u: () => decide("proposed"), e: edit, n: add }[event.key];
  if (action) { event.preventDefault(); action(); }
});
el("open").onchange = draw;
el("cancel").onclick = () => el("editor").close();
el("editor").querySelector("form").onsubmit = (event) => { event.preventDefault(); save(); };
load();
