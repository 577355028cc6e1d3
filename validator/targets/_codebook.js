"use strict";
const page = document.documentElement;
const search = document.querySelector("#search");
const language = document.querySelector("#language");
const found = document.querySelector("#found");
const parts = [...document.querySelectorAll("[data-part]")];
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const texts = parts.map((part) => plain(part.textContent));

function show() {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  parts.forEach((part, index) => {
    const fits = words.every((word) => texts[index].includes(word));
    part.hidden = !fits;
    shown += fits ? 1 : 0;
  });
  document.querySelectorAll("[data-holder]").forEach((holder) => {
    holder.hidden = words.length > 0 && !holder.querySelector("[data-part]:not([hidden])");
  });
  found.textContent = words.length ? `${shown} of ${parts.length} entries` : "";
}

search.addEventListener("input", show);
search.form.addEventListener("submit", (event) => event.preventDefault());
language.addEventListener("change", () => { page.dataset.shown = language.value; });
document.querySelector(".tools").hidden = false;
