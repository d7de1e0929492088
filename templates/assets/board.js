// The board and the table of the whole roadmap: filters, columns and order stand in the address, so that they can be shared and the
// back button leads back. The issues come as scripts when somebody first asks for other than what the page shows, so that it works
// from a disk as well.
var roadbook = (function () {
  var work = document.querySelector(".work");
  if (!work) return {};
  var of = JSON.parse(work.dataset.of), all = [], groups = {}, asked, chosen;
  var form = document.querySelector(".filter"), still = work.querySelector(".still"), status = work.querySelector(".count");
  var count = status.textContent, drawn = add("div"), picked = add("p", "picked"), most = 60, rows = 60;
  var states = "ready,in-progress,blocked,unknown,done,dropped".split(","), names = ["state", "milestone", "label", "who"];
  var classes = ["ready", "progress", "blocked", "unknown", "done", "dropped"];
  var words = [of.waits ? "Ready" : "Open", "In progress", "Blocked", "Unknown", "Done", "Dropped"];
  drawn.hidden = picked.hidden = true;
  still.after(drawn);
  status.before(picked);

  // An element with a class, and what stands in it.
  function add(name, kind) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    made.append.apply(made, Array.prototype.slice.call(arguments, 2));
    return made;
  }

  function button(words, act, kind) {
    var made = add("button", kind, words);
    made.type = "button";
    made.onclick = act;
    return made;
  }

  // A title: what stands between backticks is code, as on every page.
  function title(text) {
    return text.split(/(`+)([^`]|[^`][^]*?[^`])\1(?!`)/).map(function (part, at) {
      return at % 3 === 2 ? add("code", "", part.trim()) : at % 3 ? "" : part;
    });
  }

  function low(text) { return text.toLowerCase(); }

  function days(from, to) { return Math.round((Date.parse(to) - Date.parse(from)) / 864e5); }

  function inDays(many) { return many + (many === 1 ? " day" : " days"); }

  // What a file says of its issues.
  function issues(file) {
    var labels = file.labels.map(function (it) {
      return { rank: it[0], key: low(it[1]), name: it[1], kind: it[2], group: it[3], own: it[4] };
    });
    var milestones = file.milestones.map(function (it) { return { rank: it[0], key: it[1], name: it[2], short: it[3] || it[2] }; });
    file.rows.forEach(function (row, at) {
      var issue = all[file.first + at] = {
        at: file.first + at, id: row[0], title: row[1] || "", state: row[2] || 0, milestone: milestones[row[3] - 1],
        labels: (row[4] || []).map(function (at) { return labels[at]; }),
        who: (row[5] || []).map(function (at) { return file.people[at]; }),
        waited: row[6] || 0, waits: row[7] || [], since: row[8] || "", due: row[9] || "", closed: row[11] || "", broken: row[12], repeats: row[13]
      };
      issue.last = row[10] || (issue.due === "later" ? "" : issue.due);
      issue.text = low(issue.id + " " + issue.title);
      issue.has = { state: [states[issue.state]], milestone: [issue.milestone ? issue.milestone.key : "-"], who: issue.who.length ? issue.who.map(low) : ["-"] };
      issue.labels.forEach(function (label) {
        groups[label.key] = "label " + label.group;
        (issue.has[groups[label.key]] = issue.has[groups[label.key]] || []).push(label.key);
      });
      // For each value its kind, and what counts it.
      issue.values = [];
      Object.keys(issue.has).forEach(function (kind) {
        issue.has[kind].forEach(function (value) { issue.values.push(kind, kind.split(" ")[0] + " " + value); });
      });
    });
  }

  function load() {
    return asked = asked || Promise.all(Array.from({ length: of.files }, function (_, file) {
      return new Promise(function (done, failed) {
        var script = add("script");
        script.src = "data/issues-" + file + ".js";
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      });
    }));
  }

  // What the address asks for.
  function read() {
    var params = new URLSearchParams(location.search), one = function (name) { return params.get(name) || ""; };
    chosen = { q: one("q"), by: one("by"), sort: one("sort"), view: one("view") || of.view };
    names.forEach(function (name) {
      chosen[name] = params.getAll(name).filter(function (value, at, all) { return value && all.indexOf(value) === at; });
    });
    show();
  }

  // What columns and order are where the address does not say.
  function usual(name) {
    return name === "by" ? of.by : name === "sort" ? of.waits && chosen.view === "board" ? "waited" : "id" : "";
  }

  function query() {
    var parts = [];
    function part(name, value) {
      parts.push(name + "=" + encodeURIComponent(value).replace(/%3A/g, ":").replace(/%20/g, "+"));
    }
    names.forEach(function (name) { chosen[name].forEach(function (value) { part(name, value); }); });
    ["q", "by", "sort"].forEach(function (name) { if (chosen[name].trim()) part(name, chosen[name].trim()); });
    if (chosen.view !== of.view) part("view", chosen.view);
    return parts.join("&");
  }

  // Every choice is a step that the back button takes back; every letter is not.
  function say(isStep) {
    var asks = query();
    try {
      history[isStep ? "pushState" : "replaceState"](null, "", location.pathname + (asks ? "?" + asks : "") + location.hash);
    } catch (e) { /* a page whose address may not change */ }
    show();
  }

  function has(name, value) {
    return chosen[name].some(function (known) { return low(known) === low(value); });
  }

  function toggle(name, value) {
    if (has(name, value)) chosen[name] = chosen[name].filter(function (known) { return low(known) !== low(value); });
    else chosen[name].push(value);
    say(true);
  }

  function clear() {
    names.forEach(function (name) { chosen[name] = []; });
    chosen.q = "";
    say(true);
  }

  // The issues that fit, and for each value how many would if it alone were chosen of its kind. Values of one kind add to each other.
  function find() {
    var kinds = {}, found = [], counts = {}, text = low(chosen.q).split(/\s+/).filter(Boolean), asked;
    names.forEach(function (name) {
      chosen[name].map(low).forEach(function (value) {
        var kind = name === "label" ? groups[value] || "label" : name;
        (kinds[kind] = kinds[kind] || []).push(value);
      });
    });
    asked = Object.keys(kinds);
    all.forEach(function (issue) {
      var missed = "", at, own;
      for (at = 0; at < text.length; at += 1) if (!issue.text.includes(text[at])) return;
      for (at = 0; at < asked.length; at += 1) {
        own = issue.has[asked[at]] || [];
        if (own.some(function (value) { return kinds[asked[at]].includes(value); })) continue;
        if (missed) return;
        missed = asked[at];
      }
      if (!missed) found.push(issue);
      for (at = 0; at < issue.values.length; at += 2) {
        own = issue.values[at + 1];
        if (!missed || missed === issue.values[at]) counts[own] = (counts[own] || 0) + 1;
      }
    });
    return { issues: found, counts: counts };
  }

  // The labels of a group that an issue has.
  function labelsOf(issue, by) {
    var group = by.replace(/^label:/, "");
    return issue.labels.filter(function (label) { return label.group === group; }).sort(function (a, b) { return a.rank - b.rank; });
  }

  function valueOf(issue, key) {
    switch (key) {
      case "id": return issue.at;
      case "title": return low(issue.title.replace(/`/g, ""));
      case "state": return issue.state;
      case "milestone": return issue.milestone && issue.milestone.rank;
      case "waits": return issue.waits.length || undefined;
      case "waited": return issue.waited || undefined;
      case "since": return issue.since || undefined;
      case "due": return issue.last || undefined;
      case "who": return issue.who.length ? low(issue.who.join()) : undefined;
    }
    var label = labelsOf(issue, key)[0];
    return label && label.rank;
  }

  // In the order that is asked for; what has no such value comes last in either.
  function sorted(list, sort) {
    var key = sort.replace(/^-/, ""), way = (sort[0] === "-" ? -1 : 1) * (key === "waited" ? -1 : 1);
    var keyed = list.map(function (issue) { return [valueOf(issue, key), issue]; });
    keyed.sort(function (a, b) {
      if (a[0] === b[0]) return a[1].at - b[1].at;
      if (a[0] === undefined || b[0] === undefined) return a[0] === undefined ? 1 : -1;
      return (a[0] < b[0] ? -1 : 1) * way;
    });
    return keyed.map(function (pair) { return pair[1]; });
  }

  function waits(issue) {
    var shown = issue.waits.slice(0, 2).map(function (one) { return typeof one === "string" ? one : all[one].repeats ? all[one].title : all[one].id; });
    return shown.join(", ") + (issue.waits.length > 2 ? " +" + (issue.waits.length - 2) : "");
  }

  function link(issue) {
    var made = issue.repeats ? add("a") : add("a", "", add("span", "id", issue.id), " ");
    made.append.apply(made, title(issue.title));
    made.href = "issues/i-" + low(issue.id) + ".html";
    made.dir = "auto";
    return made;
  }

  function late(issue) {
    return of.today && issue.last && issue.state < 3 && issue.last < of.today ? days(issue.last, of.today) : 0;
  }

  function card(issue, by) {
    var made = add("li", "card", link(issue)), isOpen = issue.state < 4, over = late(issue), left;
    function say(element) { made.append(" ", element); }
    if (issue.waited) say(add("b", "", issue.waited + (issue.waited === 1 ? " waits for it" : " wait for it")));
    if (issue.waits.length) say(add("span", "", "waits for " + waits(issue)));
    if (issue.broken) say(add("span", "st broken", "contradicts itself"));
    if (over) say(add("time", "st overdue", "overdue by " + inDays(over)));
    else if (issue.due && isOpen) {
      left = of.today && issue.due.length === 10 ? days(of.today, issue.due) : -1;
      say(add("span", "", "due " + issue.due + (left > 0 ? ", in " + inDays(left) : left ? "" : ", today")));
    } else if (issue.since && isOpen) say(add("span", "", "from " + issue.since));
    else if (issue.closed) say(add("span", "", "closed " + issue.closed));
    if (issue.milestone && by !== "milestone") {
      left = add("bdi", "", issue.milestone.short);
      left.title = issue.milestone.name;
      say(left);
    }
    if (issue.who.length) say(add("bdi", "by", issue.who.join(", ")));
    // What the column says, its cards need not repeat.
    left = issue.labels.filter(function (label) { return label.group !== by.replace(/^label:/, ""); });
    left.slice(0, 3).forEach(function (label) { say(add("bdi", "chip " + label.kind, label.own)); });
    if (left.length > 3) say(add("span", "", "+" + (left.length - 3)));
    return made;
  }

  // The columns: rank, title, classes of the column and of its head, issues. Of many labels those that most have stay.
  function columns(list, by) {
    var found = {}, isGroup = by !== "state" && by !== "milestone" && by, columns;
    list.forEach(function (issue) {
      var own = isGroup ? labelsOf(issue, by) : [], label = own[0], at = [1e9, "No " + (by || "group").replace(/^label:/, ""), "", ""];
      if (!by) at = [0, "Issues", "", ""];
      else if (by === "state") at = [issue.state, words[issue.state], classes[issue.state], "st"];
      else if (by === "milestone" && issue.milestone) at = [issue.milestone.rank, issue.milestone.name, "", ""];
      else if (own[1]) at = [2e8, "several", "", ""];
      else if (label) at = [label.rank, label.own, label.kind, "l"];
      (found[at[0]] = found[at[0]] || at.concat([[]]))[4].push(issue);
    });
    columns = Object.keys(found).map(function (key) { return found[key]; });
    if (isGroup && columns.length > 8) {
      columns.sort(function (a, b) { return b[4].length - a[4].length; });
      columns = columns.slice(0, 7).concat([[1e8, "other", "", "", [].concat.apply([], columns.slice(7).map(function (column) { return column[4]; }))]]);
    }
    return columns.sort(function (a, b) { return a[0] - b[0]; });
  }

  // A list that grows by a button.
  function growing(box, list, step, make) {
    var more = button("", function () {
      var last = box.lastElementChild;
      draw();
      if (last.nextElementSibling) last.nextElementSibling.querySelector("a").focus();
    }, "grow"), at = 0;
    function draw() {
      list.slice(at, at + step).forEach(function (issue) { box.append(make(issue)); });
      at += step;
      more.hidden = at >= list.length;
      more.textContent = list.length - at + " more";
    }
    draw();
    return more;
  }

  function board(list) {
    var by = chosen.by || of.by, open = list.filter(function (issue) { return issue.state < 4; });
    var isFolded = !chosen.state.length && open.length, found = columns(isFolded ? open : list, by);
    var step = Math.max(8, Math.min(most, Math.floor(240 / found.length))), box = add("div"), beside = 0, limit = [0, 0, 80, 40, 40][found.length];
    var total = found.reduce(function (sum, column) { return sum + Math.min(step, column[4].length); }, 0);
    if (isFolded) drawn.append(folds(list));
    found.forEach(function (column) {
      var shown = Math.min(step, column[4].length);
      var wide = shown > (limit === undefined ? 16 : limit) || shown > 8 && shown * (found.length - 1) > 2 * (total - shown);
      beside += wide ? 0 : 1;
      var cards = add("ul"), head = add("h2", column[3] && column[3] + " " + column[2], add("bdi", "", column[1]), " ", add("span", "n", column[4].length));
      var part = add("section", "column " + (wide ? "wide " : "") + column[2], head, cards);
      part.append(growing(cards, column[4], step, function (issue) { return card(issue, by); }));
      box.append(part);
    });
    box.className = "board of-" + (beside || 1);
    drawn.append(box);
  }

  // What is closed, below as many words as it takes to ask for it.
  function folds(list) {
    var made = add("p", "folds");
    [4, 5].forEach(function (state) {
      function count(list) { return list.filter(function (issue) { return issue.state === state; }).length; }
      var total = count(all), mine = count(list), shown = mine === total ? total : mine + " of " + total;
      var act = button(words[state], function () { toggle("state", states[state]); }, "st " + classes[state]);
      act.append(" ", add("span", "n", shown));
      act.disabled = !mine;
      if (total) made.append(act);
    });
    return made;
  }

  function cell(issue, key) {
    var made = add("td");
    made.dir = "auto";
    if (key === "state") {
      made.className = "st " + classes[issue.state];
      made.append(words[issue.state]);
    } else if (key === "due") {
      made.className = late(issue) ? "st overdue day" : "day";
      made.append(issue.due);
    } else if (key === "milestone") made.append(issue.milestone ? issue.milestone.short : "");
    else if (key === "waits") made.append(waits(issue));
    else if (key === "waited") {
      made.className = "num";
      made.append(issue.waited || "");
    } else if (key === "since") {
      made.className = "day";
      made.append(issue.since);
    }
    else if (key === "who") made.append(issue.who.join(", "));
    else made.append(labelsOf(issue, key).map(function (label) { return label.own; }).join(", "));
    return made;
  }

  function table(list) {
    var body = add("tbody"), line = add("tr"), scroll = add("div", "scroll", add("table", "all", add("thead", "", line), body));
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Issues");
    of.heads.forEach(function (head) {
      var made = add("th", "", head[1]);
      made.scope = "col";
      made.dataset.sort = head[0];
      line.append(made);
    });
    heads(line);
    drawn.append(scroll, growing(body, list, rows, function (issue) {
      var row = add("tr", "", add("th", "", link(issue)));
      row.firstChild.scope = "row";
      of.heads.slice(1).forEach(function (head) { row.append(cell(issue, head[0])); });
      return row;
    }));
  }

  // The heads of a table sort it, at first one way, then the other.
  function heads(line) {
    line.querySelectorAll("[data-sort]").forEach(function (head) {
      var key = head.dataset.sort, sort = chosen && chosen.sort;
      head.setAttribute("aria-sort", sort === key ? "ascending" : sort === "-" + key ? "descending" : "none");
      head.replaceChildren(button(head.textContent, function () {
        chosen.sort = chosen.sort === key ? "-" + key : key;
        say(true);
      }));
    });
  }

  // The values as switches, each with how many issues it would leave.
  function facets(counts) {
    work.querySelectorAll("[data-f]").forEach(function (list) {
      var values = Array.from(list.querySelectorAll("[data-v]")), name = list.dataset.f, highest = 1;
      if (counts) values.forEach(function (value) {
        var many = counts[name + " " + low(value.dataset.v)] || 0;
        highest = Math.max(highest, many);
        value.querySelector("b").textContent = many;
      });
      values.forEach(function (value) {
        var many = Number(value.querySelector("b").textContent);
        if (counts) value.querySelector("rect").setAttribute("width", Math.ceil(many * 100 / highest) + "%");
        value.setAttribute("aria-pressed", has(name, value.dataset.v));
        value.classList.toggle("zero", !many);
      });
    });
  }

  // What is chosen, each with a way to take it back.
  function picks() {
    picked.textContent = "";
    names.forEach(function (name) {
      chosen[name].forEach(function (value) {
        var link = Array.from(work.querySelectorAll("[data-f=" + name + "] [data-v]")).find(function (link) {
          return low(link.dataset.v) === low(value);
        });
        var list = link && link.parentNode.querySelector("h2").textContent;
        picked.append(button((list ? list + ": " + link.querySelector("bdi").textContent : value) + " ×", function () { toggle(name, value); }, "chip"));
      });
    });
    if (chosen.q.trim()) picked.append(button("“" + chosen.q.trim() + "” ×", function () { chosen.q = ""; say(true); }, "chip"));
    picked.hidden = !picked.firstChild;
    if (picked.firstChild) picked.append(button("Clear", clear));
  }

  function fill() {
    document.querySelectorAll("[data-view]").forEach(function (link) {
      if (link.dataset.view === chosen.view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    ["by", "sort"].forEach(function (name) {
      var field = form.elements[name];
      if (field) field.value = chosen[name] || usual(name);
    });
    if (form.elements.by) form.elements.by.parentNode.hidden = chosen.view === "table";
    if (document.activeElement !== form.elements.q) form.elements.q.value = chosen.q;
  }

  function show() {
    var isStill = !query();
    fill();
    picks();
    if (!isStill || all.length) load().then(render, function () {
      status.textContent = "The issues cannot be loaded.";
    });
    else facets();
    still.hidden = !isStill;
    drawn.hidden = isStill;
    if (isStill) status.textContent = count;
  }

  function render() {
    var found = find(), isStill = !query(), list, focus = document.activeElement.parentNode, again;
    facets(found.counts);
    if (isStill) return;
    focus = drawn.contains(focus) && focus.dataset.sort;
    drawn.textContent = "";
    status.textContent = found.issues.length + " of " + of.total + " issues";
    list = sorted(found.issues, chosen.sort || usual("sort"));
    if (!list.length) drawn.append(add("p", "no-match", "No issue matches what you chose."));
    else if (chosen.view === "table") table(list);
    else board(list);
    again = focus && drawn.querySelector("[data-sort='" + focus + "'] button");
    if (again) again.focus();
  }

  // Values beyond those that the page shows.
  function rest(list) {
    load().then(function () {
      var name = list.dataset.f, model = list.querySelector("[data-v]"), known = {}, more = list.querySelector(".more-of");
      list.querySelectorAll("[data-v]").forEach(function (value) { known[low(value.dataset.v)] = true; });
      function value(key, title) {
        if (known[low(key)]) return;
        var made = model.cloneNode(true);
        known[low(key)] = made.dataset.v = key;
        made.querySelector("bdi").textContent = title;
        made.href = location.pathname;
        more.before(made);
      }
      var group = all.reduce(function (group, issue) {
        var own = issue.labels.find(function (label) { return label.key === low(model.dataset.v); });
        return own ? own.group : group;
      }, "");
      all.forEach(function (issue) {
        if (name === "milestone" && issue.milestone) value(issue.milestone.key, issue.milestone.name);
        if (name === "who") issue.who.forEach(function (who) { value(who, who); });
        if (name === "label") issue.labels.forEach(function (label) { if (label.group === group) value(label.name, label.own); });
      });
      more.remove();
      render();
    });
  }

  work.querySelectorAll("[data-v]").forEach(function (link) { link.setAttribute("role", "button"); });
  work.addEventListener("click", function (event) {
    var value = event.target.closest("[data-v]"), more = event.target.closest(".more-of");
    if (event.metaKey || event.ctrlKey || event.shiftKey || !value && !more) return;
    event.preventDefault();
    if (more) rest(more.parentNode);
    else toggle(value.parentNode.dataset.f, value.dataset.v);
  });
  work.addEventListener("keydown", function (event) {
    if (event.key === " " && event.target.dataset.v) {
      event.preventDefault();
      event.target.click();
    }
  });
  document.querySelectorAll("[data-view]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      chosen.view = link.dataset.view;
      say(true);
    });
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function (event) {
    var field = event.target;
    chosen[field.name] = field.value === usual(field.name) ? "" : field.value;
    say(field.type !== "search");
  });
  // A browser that keeps a closed list closed whatever the style sheet says.
  var lists = work.querySelector(".facets");
  if (lists && !CSS.supports("selector(::details-content)")) lists.open = matchMedia("(min-width: 48.01rem)").matches;
  window.addEventListener("popstate", read);
  heads(still);
  // The files come when this has returned.
  setTimeout(read);
  return { issues: issues };
})();
