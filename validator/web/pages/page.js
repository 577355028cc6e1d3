// Gathers files, has them checked, and shows the answer. It asks only this computer.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const token = document.querySelector("meta[name=csrf]").content;
  const form = $("ask");
  const most = Number(form.dataset.most);
  let files = [];
  let current = null;

  const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
  const size = (bytes) =>
    bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const say = (text) => ($("trouble").textContent = text);

  // --- asking -------------------------------------------------------------------------------

  const ask = async (method, path, body) => {
    let answer;
    try {
      answer = await fetch(path, {
        method,
        headers: { "X-Accordant-Token": token },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Error("accordant no longer answers. Start it again with: accordant serve");
    }
    const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.error || "That did not work.");
    return told;
  };

  // fetch does not tell how far a file has gone
  const send = (path, file, progress) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("PUT", path);
      request.setRequestHeader("X-Accordant-Token", token);
      request.responseType = "json";
      request.upload.onprogress = (event) => progress(event.loaded);
      request.onload = () =>
        request.status < 300
          ? done()
          : failed(new Error((request.response || {}).error || "That did not work."));
      request.onerror = () =>
        failed(new Error(`${file.name} could not be read. Close it in other programs.`));
      request.send(file);
    });

  // --- choosing files -----------------------------------------------------------------------

  const list = () => {
    $("chosen").replaceChildren(
      ...files.map((file) => {
        const remove = make("button", { type: "button", className: "small" }, "Remove");
        remove.setAttribute("aria-label", `Remove ${file.name}`);
        remove.addEventListener("click", () => {
          files = files.filter((other) => other !== file);
          list();
          $("files").focus();
        });
        const far = make("span", { className: "soft" }, size(file.size));
        return make("li", {}, make("span", {}, file.name), far, remove);
      }),
    );
  };

  const add = (more) => {
    say("");
    for (const file of more) {
      // the same name again stands for the file as it is now
      files = files.filter((other) => other.name !== file.name);
      files.push(file);
    }
    const total = files.reduce((sum, file) => sum + file.size, 0);
    if (total > most) {
      say(`The files have ${size(total)} together, and ${size(most)} is the most. Remove some.`);
    }
    list();
  };

  $("files").addEventListener("change", (event) => {
    add(event.target.files);
    event.target.value = "";
  });
  for (const name of ["dragover", "dragenter"]) {
    addEventListener(name, (event) => {
      event.preventDefault();
      document.body.classList.add("over");
    });
  }
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    add(event.dataTransfer.files);
  });

  // --- checking -----------------------------------------------------------------------------

  const busy = (text, share) => {
    $("progress").hidden = false;
    $("check").disabled = true;
    $("told").textContent = text;
    if (share === undefined) $("bar").removeAttribute("value");
    else $("bar").value = share;
  };
  const idle = () => {
    $("progress").hidden = true;
    $("check").disabled = false;
  };

  const gather = async () => {
    const number = $("standard").value;
    const check = await ask("POST", "/checks", {
      standard: number === "" ? null : Number(number),
      audience: $("audience").value || null,
    });
    const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
    let before = 0;
    for (const file of files) {
      const path = `/checks/${check.id}/files?name=${encodeURIComponent(file.name)}`;
      busy(`Reading ${file.name}`, before / total);
      await send(path, file, (loaded) => ($("bar").value = (before + loaded) / total));
      before += file.size;
    }
    return ask("POST", `/checks/${check.id}/start`);
  };

  const pause = () => new Promise((done) => setTimeout(done, 250));

  const follow = async (check) => {
    let shown = false;
    current = check.id;
    for (;;) {
      if (check.state === "failed") throw new Error(check.error);
      if (check.verdict && !shown) {
        shown = true;
        answer(check);
      }
      if (check.state === "done") break;
      if (check.state === "preparing") busy("The report is there. Preparing the copies.");
      else busy(check.records ? `Checking: ${plural(check.records, "record")}` : "Checking");
      await pause();
      check = await ask("GET", `/checks/${check.id}`);
      if (shown) takeaways(check);
    }
    takeaways(check);
  };

  const run = async (begin) => {
    say("");
    $("answer").hidden = true;
    try {
      await follow(await begin());
    } catch (error) {
      say(error.message);
    }
    idle();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const total = files.reduce((sum, file) => sum + file.size, 0);
    if (!files.length) say("Choose at least one file.");
    else if (total > most) add([]);
    else run(gather);
  });

  // --- the answer ---------------------------------------------------------------------------

  const answer = (check) => {
    const { word, why, kind } = check.verdict;
    $("word").textContent = word;
    $("why").textContent = `${check.standard}: ${why}`;
    $("answer").className = kind;
    const report = `/checks/${check.id}/report`;
    // its verdict is here already
    $("report").src = `${report}#next`;
    $("alone").href = report;
    takeaways(check);
    $("answer").hidden = false;
    $("answer").focus();
  };

  const takeaways = (check) => {
    $("downloads").replaceChildren(
      ...check.downloads.map((item) => {
        const link = make("a", { href: `/checks/${check.id}/downloads/${item.name}` }, item.title);
        const about = make("span", { className: "soft" }, `${item.about} (${size(item.size)})`);
        return make("li", {}, link, about);
      }),
    );
    const told = check.copies.length ? mended(check) : "Looking for what can be mended.";
    if ($("mended").textContent !== told) $("mended").textContent = told;
    // a copy that lacks a file would only be found to lack it
    const whole = check.copies.filter((copy) => copy.cells && !copy.by_hand.length);
    if ($("again").childElementCount !== whole.length) {
      $("again").replaceChildren(...whole.map(again(check)));
    }
  };

  const mended = (check) => {
    const certain = check.copies.find((copy) => !copy.likely);
    const likely = check.copies.find((copy) => copy.likely);
    const told = [
      certain.cells
        ? `${plural(certain.cells, "cell")} can be mended without any doubt.`
        : "Nothing can be mended without any doubt.",
    ];
    if (likely) {
      told.push(`${plural(likely.cells - certain.cells, "more cell")} only likely to be right: look them over.`);
    }
    if (certain.by_hand.length) {
      const names = certain.by_hand.join(", ");
      told.push(`Not in the copy: ${names}. Mend by hand what the report says, and drop it again.`);
    }
    if (certain.stayed.length) {
      const rows = certain.stayed.join("; ");
      told.push(`As they were, since cells are lost, added or merged there: ${rows}. Mend them by hand.`);
    }
    return told.join(" ");
  };

  const again = (check) => (copy) => {
    const words = copy.likely ? "Check the copy with likely mends" : "Check the mended copy";
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", () =>
      run(() => ask("POST", `/checks/${check.id}/again`, { likely: copy.likely })),
    );
    return make("li", {}, button);
  };

  $("forget").addEventListener("click", async () => {
    try {
      await ask("DELETE", `/checks/${current}`);
    } catch {
      // it is forgotten already
    }
    files = [];
    list();
    $("report").removeAttribute("src");
    $("answer").hidden = true;
    $("files").focus();
  });
})();
