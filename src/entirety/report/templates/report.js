// Brings the live parts of the page to life: without it the page is complete, and this adds only what moves.
const data = JSON.parse(document.getElementById("live-data").textContent), say = data.words;
const figure = {
  fill: (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap)),
  number: (value, digits) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits }),
  grouped: (hash) => hash.match(/.{1,8}/g).join(" "),
  clock: (seconds) => {
    const thousandths = Math.floor(Math.abs(seconds) * 1000 + 0.5), two = (n) => String(n).padStart(2, "0");
    const whole = `${two(Math.floor(thousandths / 3600000))}:${two(Math.floor(thousandths / 60000) % 60)}:${two(Math.floor(thousandths / 1000) % 60)}`;
    return `${seconds < 0 ? "-" : ""}${whole}.${String(thousandths % 1000).padStart(3, "0")}`;
  },
};
const order = data.findings.map((one) => one.id);
let timeline = null, chosen = -1;

// To a finding, or to a time alone: the timeline and the player go there, and for a finding the page too.
const choose = (one) => {
  const played = player.seek(one.at, Boolean(one.id));
  if (timeline) timeline.move(one.at);
  if (!one.id) return;
  chosen = order.indexOf(one.id);
  const section = document.getElementById(one.id), heading = section && section.querySelector("h3");
  if (!heading) return;
  heading.tabIndex = -1;
  history.replaceState(null, "", `#${one.id}`);
  heading.scrollIntoView({ block: "start" });
  heading.focus({ preventScroll: true });
  if (played) requestAnimationFrame(player.dock);
};
const player = playerOf(data, say, figure, {
  at: (time) => { if (timeline) timeline.playing(time); },
  ready: (is) => {
    for (const one of document.querySelectorAll(".live-here")) one.hidden = !is;
    if (!is && timeline) timeline.playing(null);
  },
});
if (data.timeline.duration_s > 0 && data.timeline.bins > 0) timeline = timelineOf(data, say, figure, choose);
if (timeline) document.documentElement.dataset.live = "";

const next = (by) => {
  if (!order.length) return;
  const here = document.activeElement && document.activeElement.closest("section.finding");
  const from = here ? order.indexOf(here.id) : chosen;
  choose(data.findings[Math.min(order.length - 1, Math.max(0, from < 0 ? 0 : from + by))]);
};

const strip = document.getElementById("live-strip");
Array.from(strip.querySelectorAll("button")).forEach((one, n) => one.addEventListener("click", () => choose({ at: data.strip[n] })));
strip.hidden = !data.strip.length;

for (const one of document.querySelectorAll(".live-here")) {
  one.addEventListener("click", () => { const found = data.findings[order.indexOf(one.dataset.finding)]; if (found) choose(found); });
}

// One picture over the other: the left one up to the line, the right one from there on. Built when it is first opened.
for (const box of document.querySelectorAll(".live-wipe")) {
  const range = box.querySelector("input"), view = box.querySelector(".live-views"), line = view.querySelector("span");
  const stills = Array.from(box.closest("section").querySelectorAll(".pictures img"));
  let top = null;
  const pair = [stills[Number(box.dataset.left)], stills[Number(box.dataset.right)]];
  if (!pair[0] || !pair[1] || pair[0].width / pair[0].height !== pair[1].width / pair[1].height) continue;
  const set = (share) => {
    const part = Math.min(100, Math.max(0, share));
    range.value = String(part);
    range.setAttribute("aria-valuetext", figure.fill(say.wipe_at, { value: Math.round(part) }));
    if (top) top.style.clipPath = `inset(0 ${100 - part}% 0 0)`;
    line.style.left = `${part}%`;
  };
  const slide = (event) => { const room = view.getBoundingClientRect(); set((event.clientX - room.left) / room.width * 100); };
  box.addEventListener("toggle", () => {
    if (!box.open || top) return;
    const [left, right] = pair.map((still) => { const copy = still.cloneNode(); copy.draggable = false; return copy; });
    view.append(right, left);
    top = left;
    set(50);
  });
  range.addEventListener("input", () => set(Number(range.value)));
  view.addEventListener("pointerdown", (event) => { view.setPointerCapture(event.pointerId); slide(event); });
  view.addEventListener("pointermove", (event) => { if (event.buttons) slide(event); });
  box.hidden = false;
}

const keys = document.getElementById("live-keys"), listened = document.getElementById("live-listen");
const help = () => { if (keys.open) keys.close(); else keys.showModal(); };
document.getElementById("live-help").addEventListener("click", help);
document.getElementById("live-close").addEventListener("click", () => keys.close());
document.getElementById("live-bar").parentElement.hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest("input:not([type=range]):not([type=checkbox]):not([type=file]), textarea, select")) return;
  if (event.key === "?") { help(); event.preventDefault(); return; }
  if (!listened.checked || keys.open) return;
  if (event.key === "n") next(1);
  else if (event.key === "p") next(-1);
  else if (event.key === ",") { if (!player.step(-1)) return; }
  else if (event.key === ".") { if (!player.step(1)) return; }
  // A button, a link or the player itself has its own use for the space bar.
  else if (event.key === " ") { if (at.closest("button, a, summary, input, video") || !player.pause()) return; }
  else if ((event.key === "+" || event.key === "=") && timeline) timeline.zoom(0.5);
  else if (event.key === "-" && timeline) timeline.zoom(2);
  else return;
  event.preventDefault();
});

// On paper everything that can be folded is open.
let folded = [];
addEventListener("beforeprint", () => { folded = Array.from(document.querySelectorAll("details:not([open]):not(.live)")); for (const one of folded) one.open = true; });
addEventListener("afterprint", () => { for (const one of folded) one.open = false; folded = []; });
