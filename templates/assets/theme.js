// Before the first paint: the theme that the reader chose. Behind it: the button that changes it, and keys for what links do as well.
(function () {
  var root = document.documentElement, key = "roadbook-theme", saved = null;
  root.classList.add("js");
  function set(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }
  try { saved = localStorage.getItem(key); } catch (e) { /* a page that may not remember */ }
  set(saved);
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".theme"), nav = document.querySelector(".top nav"), here = nav && nav.querySelector("[aria-current]");
    // The first click is to change something: behind the system's own theme comes the other one.
    var turns = matchMedia("(prefers-color-scheme: dark)").matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    function now() { return root.dataset.theme || "auto"; }
    function name() {
      button.title = { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" }[now()];
      button.setAttribute("aria-label", button.title);
    }
    // On a narrow screen the pages stand in one line: this one is in view.
    if (here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - nav.clientWidth / 2;
    if (!button) return;
    name();
    button.addEventListener("click", function () {
      set(turns[(turns.indexOf(now()) + 1) % 3]);
      name();
      try { localStorage.setItem(key, now()); } catch (e) { /* the same */ }
    });
  });
})();

(function () {
  var saved = "roadbook-keys", isGoing = false, dialog;
  var pages = { o: "index.html", b: "board.html", t: "timeline.html", d: "graph.html" };
  var rows = "main :is(.card > a, .what > a, .rank a, tbody th a, .results a, .gantt:not(.small) summary, .gantt:not(.small) .label > a)";
  var all = [
    ["/", "search"], ["?", "these keys"], ["j", "next row, or issue"], ["k", "previous row, or issue"], ["Enter", "open the row"], ["f", "filter"],
    ["e", "open all that is folded, or fold it"], ["g o", "overview"], ["g b", "board"], ["g t", "timeline"], ["g d", "dependencies"]
  ];

  function isOff() {
    try { return localStorage.getItem(saved) === "off"; } catch (e) { return false; }
  }

  function isSeen(element) { return element.checkVisibility ? element.checkVisibility() : element.offsetParent; }

  function add(parent, name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  }

  // What the keys are, and the switch for who types by voice or by chance.
  function help() {
    if (!dialog) {
      dialog = add(document.body, "dialog");
      dialog.className = "help";
      dialog.setAttribute("aria-label", "Keys");
      add(dialog, "h2", "Keys");
      var list = add(dialog, "dl"), label = add(dialog, "label"), box = add(label, "input"), close = add(dialog, "button", "Close");
      all.forEach(function (key) {
        var term = add(list, "dt");
        key[0].split(" ").forEach(function (one) { add(term, "kbd", one); term.append(" "); });
        add(list, "dd", key[1]);
      });
      box.type = "checkbox";
      box.checked = !isOff();
      box.onchange = function () {
        try { localStorage.setItem(saved, box.checked ? "on" : "off"); } catch (e) { /* a page that may not remember */ }
      };
      label.append(" Single keys are on");
      close.onclick = function () { dialog.close(); };
    }
    dialog.showModal();
  }

  function follow(link) {
    if (link) link.click();
    return link;
  }

  function move(step) {
    var list = Array.from(document.querySelectorAll(rows)).filter(isSeen), at = list.indexOf(document.activeElement);
    if (!list.length) return follow(document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]"));
    at = at < 0 && step < 0 ? list.length - 1 : at + step;
    if (list[at]) list[at].focus();
    return true;
  }

  function act(key) {
    var field = document.querySelector("form.search input"), facets = document.querySelector(".facets"), folded;
    function page(name) { return document.querySelector(".top a[href*='" + name + "']"); }
    if (isGoing) {
      isGoing = false;
      return pages[key] && follow(page(pages[key]));
    }
    switch (key) {
      case "/":
        if (field) field.focus();
        else follow(page("search.html"));
        return true;
      case "?": help(); return true;
      case "j": return move(1);
      case "k": return move(-1);
      case "g": return isGoing = true;
      case "f":
        if (!facets) return false;
        if (!isSeen(facets.querySelector("[data-v]"))) facets.open = true;
        facets.querySelector("[data-v]").focus();
        return true;
      case "e":
        folded = Array.from(document.querySelectorAll("main details:not(.facets)"));
        key = folded.some(function (one) { return !one.open; });
        folded.forEach(function (one) { one.open = key; });
        return folded.length;
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return;
    if (event.target.closest("input, select, textarea, dialog") || event.target.isContentEditable || isOff()) return;
    if (act(event.key)) event.preventDefault();
  });
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".keys button"), over = document.querySelector(".over"), copy;
    if (button) button.onclick = help;
    if (over && navigator.clipboard) {
      copy = add(over, "button", "Copy link");
      copy.type = "button";
      copy.onclick = function () {
        navigator.clipboard.writeText(location.href.split(/[?#]/)[0]).then(function () { copy.textContent = "Copied"; }, function () {});
      };
    }
    if (location.hash === "#q" && document.getElementById("q")) document.getElementById("q").focus();
  });
})();
