// Filters and sorts the findings. Without this script the table is complete, only still.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const table = document.getElementById("findings-table");
  const openForPrint = () => document.querySelectorAll("details").forEach((d) => (d.open = true));
  addEventListener("beforeprint", openForPrint);
  if (!form || !table) return;

  const body = table.tBodies[0];
  const lines = [...body.rows].map((row, order) => ({
    row,
    order,
    ...row.dataset,
    fields: row.dataset.fields.split(" "),
    count: Number(row.dataset.count),
    text: row.textContent.toLowerCase().replace(/\s+/g, " "),
  }));
  const total = lines.reduce((sum, line) => sum + line.count, 0);
  const status = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const number = (n) => n.toLocaleString("en");
  const many = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;

  const filter = () => {
    const wanted = new FormData(form);
    const severities = wanted.getAll("severity");
    const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    const is = (name, value) => !wanted.get(name) || wanted.get(name) === value;
    let kinds = 0;
    let findings = 0;
    for (const line of lines) {
      const fits =
        severities.includes(line.severity) &&
        is("table", line.table) &&
        is("code", line.code) &&
        (!wanted.get("field") || line.fields.includes(wanted.get("field"))) &&
        words.every((word) => line.text.includes(word));
      line.row.hidden = !fits;
      if (fits) {
        kinds += 1;
        findings += line.count;
      }
    }
    nothing.hidden = kinds > 0;
    status.textContent =
      kinds === lines.length
        ? `All shown: ${many(kinds, "line")}, ${many(total, "finding")}`
        : `${number(kinds)} of ${many(lines.length, "line")}, ` +
          `${number(findings)} of ${many(total, "finding")}`;
  };

  const compare = {
    rank: (a, b) => a.rank - b.rank,
    count: (a, b) => a.count - b.count,
    place: (a, b) => a.place.localeCompare(b.place, "en") || a.first - b.first,
    message: (a, b) => a.row.cells[3].textContent.localeCompare(b.row.cells[3].textContent, "en"),
    code: (a, b) => a.code.localeCompare(b.code, "en"),
  };
  const headings = [...table.tHead.rows[0].cells];
  const announced = document.getElementById("sorted");

  const sort = (heading) => {
    const before = heading.getAttribute("aria-sort");
    const begin = heading.dataset.begin || "ascending";
    const other = begin === "ascending" ? "descending" : "ascending";
    const now = before === begin ? other : begin;
    for (const each of headings) each.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", now);
    const way = now === "ascending" ? 1 : -1;
    const by = compare[heading.dataset.sort];
    lines.sort((a, b) => way * by(a, b) || a.order - b.order);
    body.append(...lines.map((line) => line.row));
    announced.textContent = `Sorted by ${heading.textContent.trim()}, ${now}.`;
  };

  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("all").addEventListener("click", () => {
    form.reset();
    filter();
  });
  form.hidden = false;
  filter();
})();
