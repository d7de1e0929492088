// The search. Its index is made of scripts that are loaded when somebody searches, so that it works from a disk as well.
var roadbook = (function () {
  var silent = /[\p{M}\u00ad\u200c\u200d]/u, letter = /[\p{Alphabetic}\p{N}]/u, longest = 40;
  var dense = /^[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  var unspaced = /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf\u{11700}-\u{1174f}]/u;

  var folds = { "ß": "ss", "ς": "σ", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };

  function scriptOf(c) {
    return dense.test(c) ? 1 : unspaced.test(c) ? 2 : 0;
  }

  // The words of a text. src/render/search/words.rs cuts them in the same way: tests/search/words.json holds for both.
  function wordsOf(text) {
    var found = [], run = [], script = 0;
    var plain = Array.from(text.normalize("NFKD"), function (c) {
      var small = c.toLowerCase();
      return silent.test(c) ? "" : folds[small] || small;
    });
    Array.from(plain.join("") + " ").forEach(function (c) {
      var isWord = letter.test(c);
      if (run.length && (!isWord || script !== scriptOf(c))) {
        if (script) run.forEach(function (c, at) {
          if (run[at + 1] || script === 1 || !at) found.push(c + (run[at + 1] || ""));
        });
        else found.push(run.slice(0, longest).join(""));
        run = [];
      }
      if (isWord) { script = scriptOf(c); run.push(c); }
    });
    return found;
  }

  // Which file of a group holds a word, and all that begin with its first two characters.
  function bucketOf(word, buckets) {
    return Array.from(word).slice(0, scriptOf(word) ? 1 : 2).reduce(function (hash, c) {
      return (hash * 31 + c.codePointAt(0)) % 65521;
    }, 0) % buckets;
  }

  // What the scripts of the index say, and what came of asking for them.
  var index, titles = {}, shards = {}, asked = {};

  function load(name) {
    return asked[name] = asked[name] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = "search/" + name + ".js";
      script.onload = done;
      script.onerror = function () { delete asked[name]; failed(); };
      document.head.append(script);
    });
  }

  function have(known, key, name) {
    return known[key] ? Promise.resolve() : load(name);
  }

  // Whether a known word is one that was asked for, or begins with it. A single letter begins too many words; a single
  // sign of a script without spaces does not.
  function fits(known, word) {
    return known === word || known.startsWith(word) && (word.length > 1 || scriptOf(word));
  }

  // The items of a group that have a word, or one that begins with it: number and weight.
  function matches(group, word) {
    var found = new Map(), shard = shards[group + "-" + bucketOf(word, index.buckets)];
    Object.keys(shard).forEach(function (known) {
      var isSame = known === word, number = group;
      if (!fits(known, word)) return;
      shard[known].replace(/([0-9a-z]*)([A-G])/g, function (_, step, fields) {
        number += step ? parseInt(step, 36) : 0;
        fields = fields.charCodeAt(0) - 64;
        var weight = ((fields & 4 ? 16 : 0) + (fields & 2 ? 4 : 0) + (fields & 1)) * (isSame ? 2 : 1);
        var best = found.get(number) || { weight: 0, fields: 0 };
        found.set(number, { weight: Math.max(best.weight, weight), fields: best.fields | fields });
      });
    });
    found.forEach(function (item) { item.inText = item.fields === 1; });
    return found;
  }

  // What all of some maps have, with the sum of its weights, and whether any of them has it in the text alone.
  function inAll(maps) {
    var found = new Map();
    maps[0].forEach(function (first, number) {
      var item = { weight: 0, inText: false };
      if (maps.every(function (map) {
        var one = map.get(number);
        if (one) { item.weight += one.weight; item.inText = item.inText || one.inText; }
        return one;
      })) found.set(number, item);
    });
    return found;
  }

  // What stands together in a query: its words, and where it is cut into several also these joined, as ids are known.
  function partsOf(query) {
    return query.split(/\s+/).map(wordsOf).filter(function (words) { return words.length; }).map(function (words) {
      return { words: words, id: words.length > 1 ? words.join("") : "" };
    });
  }

  // The items of a group that have every word of a part, or are called so: weight, and whether a word stands in the text alone.
  function having(group, part) {
    var found = inAll(part.words.map(function (word) { return matches(group, word); }));
    if (part.id) matches(group, part.id).forEach(function (one, number) {
      var item = found.get(number) || { weight: 0, inText: one.inText };
      found.set(number, { weight: item.weight + one.weight, inText: item.inText });
    });
    return found;
  }

  // The items that have every part, the best first.
  function find(parts) {
    var all = [];
    index.groups.forEach(function (group) {
      inAll(parts.map(function (part) { return having(group, part); })).forEach(function (item, number) {
        all.push({ number: number, weight: item.weight, inText: item.inText });
      });
    });
    return all.sort(function (a, b) { return b.weight - a.weight || a.number - b.number; });
  }

  function search(parts) {
    return load("index").then(function () {
      return Promise.all([].concat.apply([], index.groups.map(function (group) {
        return [].concat.apply([], parts.map(function (part) { return part.words.concat(part.id || []); })).map(function (word) {
          var key = group + "-" + bucketOf(word, index.buckets);
          return have(shards, key, "words-" + key);
        });
      })));
    }).then(function () { return find(parts); });
  }

  // The title of a found item stands in a block.
  function blockOf(number) {
    var first = number < index.milestones ? 0 : index.milestones;
    return first + Math.floor((number - first) / index.block) * index.block;
  }

  function withTitles(items) {
    return Promise.all(items.map(function (item) {
      var block = blockOf(item.number);
      return have(titles, block, "titles-" + block);
    })).then(function () { return items; });
  }

  var api = {
    wordsOf: wordsOf,
    bucketOf: bucketOf,
    find: function (query) { return find(partsOf(query)); },
    index: function (said) { index = said; },
    titles: function (start, milestones, items) { titles[start] = { milestones: milestones, items: items }; },
    words: function (group, bucket, words) { shards[group + "-" + bucket] = words; }
  };
  var form = typeof document === "object" && document.querySelector("form.search");
  if (!form) return api;

  var field = form.elements.q, status = document.querySelector(".count"), list = document.querySelector(".results");
  var more = document.querySelector(".more"), all = document.querySelector(".all"), turn = 0, page = 50;

  function element(name, text, kind) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  // A text with the words that match in marks, and its code as code.
  function marked(name, text, words) {
    var made = element(name);
    text.split(/(`+)([^`]|[^`][^]*?[^`])\1(?!`)/).forEach(function (part, at) {
      var into = at % 3 === 2 ? element("code") : made;
      if (at % 3 !== 1) part.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u).forEach(function (piece) {
        var hit = wordsOf(piece).some(function (known) {
          return words.some(function (word) { return fits(known, word); });
        });
        into.append(hit ? element("mark", piece) : piece);
      });
      if (into !== made) made.append(into);
    });
    return made;
  }

  function row(item, words) {
    var block = titles[blockOf(item.number)], entry = block.items[item.number - blockOf(item.number)];
    var isIssue = item.number < index.milestones, state = index.statuses[entry[2]];
    var made = element("li"), link = element("a"), about = element("span", "", "small"), box = element("div");
    link.href = (isIssue ? "issues/i-" : "milestones/m-") + entry[0].toLowerCase() + ".html";
    var id = marked("span", entry[0], words);
    id.className = "id";
    // An id that only repeats the title is left out.
    if (!entry[4]) link.append(id, " ");
    link.append(marked("bdi", entry[1], words));
    about.append(isIssue ? "Issue" : "Milestone");
    if (entry[3] != null) about.append(" of ", marked("bdi", block.milestones[entry[3]], words));
    if (item.inText) about.append(", found in its text");
    box.append(link, element("br"), about);
    if (state) made.append(element("span", state[0], "st " + state[1]), " ");
    made.append(box);
    return made;
  }

  function show(items, words, from) {
    var mine = turn, part = items.slice(from, from + page);
    return withTitles(part).then(function () {
      if (mine !== turn) return;
      if (!from) list.textContent = "";
      part.forEach(function (item) { list.append(row(item, words)); });
      status.textContent = !items.length ? "Nothing found" : items.length === 1 ? "1 found" : items.length + " found";
      more.hidden = items.length <= from + page;
      more.firstElementChild.onclick = function () {
        var last = list.lastElementChild;
        show(items, words, from + page).then(function () {
          if (last.nextElementSibling) last.nextElementSibling.querySelector("a").focus();
        });
      };
    });
  }

  function run() {
    var mine = turn += 1, words = wordsOf(field.value).filter(function (word, at, all) { return all.indexOf(word) === at; });
    all.hidden = words.length > 0;
    if (!words.length) {
      list.textContent = "";
      status.textContent = field.value.trim() ? "Nothing found" : "";
      more.hidden = true;
      return;
    }
    search(partsOf(field.value)).then(function (items) {
      if (mine === turn) return show(items, words, 0);
    }).catch(function () {
      if (mine !== turn) return;
      status.textContent = "The search index cannot be loaded. Everything is listed below.";
      list.textContent = "";
      all.hidden = false;
    });
  }

  function read() {
    field.value = new URLSearchParams(location.search).get("q") || "";
    run();
  }

  field.addEventListener("focus", function () { load("index").catch(function () {}); });
  field.addEventListener("input", function () {
    var query = field.value.trim();
    try { history.replaceState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : "")); }
    catch (e) { /* a page whose address may not change */ }
    run();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); run(); });
  window.addEventListener("popstate", read);
  read();
  return api;
})();
