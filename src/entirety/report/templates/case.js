"use strict";
(() => {
  const table = document.getElementById("table"), body = document.getElementById("rows");
  const rows = Array.from(body.rows), tools = document.getElementById("tools"), state = document.getElementById("state");
  const by = { text: document.getElementById("text"), answer: document.getElementById("answer"), fate: document.getElementById("fate"), group: document.getElementById("group") };
  const help = document.getElementById("help"), keys = document.getElementById("keys");
  let order = rows.slice(), shown = rows.length, texts = null, sorted = "in order of path";

  const say = () => {
    const files = rows.length.toLocaleString("en") + (rows.length === 1 ? " file" : " files");
    state.textContent = "showing " + shown.toLocaleString("en") + " of " + files + ", " + sorted;
    state.classList.toggle("part", shown !== rows.length);
  };
  const inGroup = (row, wanted) => {
    if (!wanted) return true;
    const own = wanted[0] === "g" ? row.dataset.group : row.dataset.same;
    return wanted.length === 1 ? own !== "0" : own === wanted.slice(1);
  };
  const becameSo = (row, wanted) => !wanted || (wanted === "marked" || wanted === "gaps" ? row.classList.contains(wanted) : row.dataset.fate === wanted);
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ");
  // As other programs write it; in the row it stands in groups.
  const hash = (row) => { const found = row.querySelector(".hash"); return found ? found.textContent.replace(/ /g, "") : ""; };
  const filter = () => {
    const wanted = plain(by.text.value).trim();
    if (wanted && !texts) texts = new Map(rows.map((row) => [row, plain(row.textContent) + " " + hash(row)]));
    shown = 0;
    for (const row of rows) {
      const fits = (!by.answer.value || row.dataset.answer === by.answer.value) && becameSo(row, by.fate.value)
        && inGroup(row, by.group.value) && (!wanted || texts.get(row).includes(wanted));
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) shown += 1;
    }
    say();
  };
  const clear = () => { for (const field of Object.values(by)) field.value = ""; filter(); };

  // A row without an answer has one cell for the reason, where others have four.
  const heads = table.tHead.rows[0].cells.length;
  const cell = (row, column) => row.cells.length === heads || column === 0 ? row.cells[column] : column < 5 ? null : row.cells[column - 3];
  const value = (row, column, numeric) => {
    const own = cell(row, column), text = own ? own.dataset.v : "";
    return text === "" ? null : numeric ? Number(text) : text;
  };
  const sort = (head, column) => {
    const numeric = head.dataset.sort === "n", down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sign = down ? -1 : 1, keyed = new Map(order.map((row) => [row, value(row, column, numeric)]));
    // What has no value stands last either way; equal ones keep the order in which they stood.
    order.sort((one, other) => {
      const a = keyed.get(one), b = keyed.get(other);
      if (a === null || b === null) return (a === null) - (b === null);
      return a < b ? -sign : a > b ? sign : 0;
    });
    const all = document.createDocumentFragment();
    for (const row of order) all.appendChild(row);
    body.appendChild(all);
    sorted = "sorted by " + head.textContent.trim().toLowerCase() + (down ? ", backwards" : "");
    say();
  };
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    if (!head.dataset.sort) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head, column));
  });
  table.tHead.rows[0].cells[0].setAttribute("aria-sort", "ascending");

  const visible = (row, step) => {
    while (row && row.hidden) row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    return row;
  };
  const move = (step) => {
    const here = document.activeElement && document.activeElement.closest("#rows tr");
    const start = here ? (step > 0 ? here.nextElementSibling : here.previousElementSibling) : step > 0 ? body.firstElementChild : body.lastElementChild;
    const next = visible(start, step);
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" }); }
  };
  const toggle = () => { help.hidden = !help.hidden; keys.setAttribute("aria-expanded", String(!help.hidden)); };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target instanceof Element ? event.target : document.body;
    const field = at.closest("input, select, textarea");
    const row = at.closest("#rows tr");
    if (field) {
      if (event.key === "Escape" && field === by.text) { field.value = ""; field.blur(); filter(); }
      if (event.key === "Enter" && field === by.text) { event.preventDefault(); field.blur(); move(1); }
      return;
    }
    if (event.key === "j" || (row && event.key === "ArrowDown")) move(1);
    else if (event.key === "k" || (row && event.key === "ArrowUp")) move(-1);
    else if (event.key === "Enter" && row && at === row) { const link = row.querySelector("a.report"); if (link) link.click(); }
    else if (event.key === "/") by.text.focus();
    else if (event.key === "?") toggle();
    else return;
    event.preventDefault();
  });

  let waiting = 0;
  by.text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
  for (const name of ["answer", "fate", "group"]) by[name].addEventListener("change", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("all").addEventListener("click", clear);
  keys.addEventListener("click", toggle);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (link.dataset.choose) { clear(); by[link.dataset.choose].value = link.dataset.value; filter(); }
    else if (/^#f\d+$/.test(link.hash)) {
      const row = document.getElementById(link.hash.slice(1));
      if (row && row.hidden) clear();
    }
  });
  const folded = Array.from(document.querySelectorAll("details"));
  const unfold = (open) => { for (const one of folded) one.open = open; };
  unfold(false);
  addEventListener("beforeprint", () => unfold(true));
  addEventListener("afterprint", () => unfold(false));
  // After "Back" a browser fills in the fields as they were left, without telling the program.
  addEventListener("pageshow", filter);
  tools.hidden = false;
  filter();
})();
