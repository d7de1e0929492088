// Keeps a page of the preview fresh: loads it anew when the source has changed, and lays over it what is wrong with a
// source that cannot be shown. Everything that it is told is text.
(function () {
  var script = document.currentScript;
  var own = script.dataset.generation;
  // The page of faults stands for a page: it shows them itself.
  var ownTurn = script.dataset.turn;
  var source = null, parts = null, faults = null;
  var scrolled = "roadbook-scroll", closed = "roadbook-closed";

  function remember(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch (e) { /* a page that may not remember */ }
  }
  function remembered(key) {
    try { return sessionStorage.getItem(key); } catch (e) { return null; }
  }

  function here() { return location.pathname + location.search; }

  function reload() {
    disconnect();
    remember(scrolled, JSON.stringify([here(), scrollX, scrollY]));
    location.reload();
  }

  // Where the reader was, on the page that has come back.
  function scrollBack() {
    var place = JSON.parse(remembered(scrolled) || "[]");
    remember(scrolled, null);
    if (place[0] === here()) scrollTo(place[1], place[2]);
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    // What stands in backticks is code, as in the terminal's words.
    (text || "").split("`").forEach(function (part, n, all) {
      if (n % 2 === 1 && n < all.length - 1) made.append(Object.assign(document.createElement("code"), { textContent: part }));
      else made.append((n % 2 === 1 ? "`" : "") + part);
    });
    return made;
  }

  function item(fault) {
    var li = element("li"), head = element("p", fault.severity);
    head.append(Object.assign(document.createElement("b"), { textContent: fault.severity + (fault.code ? "[" + fault.code + "]" : "") }));
    if (fault.place) head.append(" ", Object.assign(document.createElement("bdi"), { textContent: fault.place }));
    li.append(head, element("p", "message", fault.message));
    if (fault.help) li.append(element("p", "help", "help: " + fault.help));
    return li;
  }

  // Made once, when it is first needed, in a tree that no style of the site reaches.
  function build() {
    var host = element("aside"), tree = host.attachShadow({ mode: "open" });
    host.setAttribute("aria-label", "Preview");
    host.lang = "en";
    host.dir = "ltr";
    var style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/.roadbook/live.css" });
    var dialog = element("dialog"), head = element("header"), title = element("h2"), list = element("ol");
    var why = element("p", "why", "This page shows the last state that could be built. It reloads by itself once the source is fixed.");
    var close = element("button", "", "Close"), again = element("button", "again"), more = element("p");
    var body = element("div", "list");
    title.id = "title";
    why.id = "why";
    close.type = again.type = "button";
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "title");
    dialog.setAttribute("aria-describedby", "why");
    again.setAttribute("aria-haspopup", "dialog");
    again.hidden = true;
    head.append(title, close);
    body.append(why, list, more);
    dialog.append(head, body);
    tree.append(style, dialog, again);
    close.addEventListener("click", function () { dialog.close(); });
    again.addEventListener("click", function () {
      again.hidden = true;
      remember(closed, null);
      dialog.showModal();
    });
    dialog.addEventListener("close", function () {
      if (!faults) return;
      remember(closed, key());
      again.hidden = false;
      again.focus();
    });
    parts = { host: host, dialog: dialog, title: title, list: list, more: more, again: again };
    // Not before it is dressed: it would jump.
    style.addEventListener("load", open);
    document.body.append(host);
    return false;
  }

  function key() { return own + " " + faults.turn; }

  function open() {
    if (!faults) return;
    var isClosed = remembered(closed) === key();
    parts.again.hidden = !isClosed;
    if (!isClosed && !parts.dialog.open) parts.dialog.showModal();
  }

  function lay() {
    if (!faults) {
      if (parts) {
        parts.dialog.close();
        parts.host.remove();
        parts = null;
      }
      return;
    }
    var isNew = !parts;
    if (isNew) build();
    var title = faults.count === 1 ? "A fault in the source" : faults.count + " faults in the source";
    parts.title.textContent = parts.again.textContent = title;
    parts.list.replaceChildren.apply(parts.list, faults.list.map(item));
    parts.more.textContent = faults.more ? "And " + faults.more + " more." : "";
    if (!isNew) open();
  }

  function told(message) {
    var state = JSON.parse(message.data);
    var isStale = state.generation !== own;
    if (ownTurn) isStale = isStale || !state.faults || String(state.faults.turn) !== ownTurn;
    if (isStale) return reload();
    faults = ownTurn ? null : state.faults;
    lay();
  }

  function connect() {
    if (source) return;
    source = new EventSource("/.roadbook/events" + (script.dataset.site ? "?" + script.dataset.site : ""));
    source.onmessage = told;
    // A server that has gone is asked again by the browser; one that refused is not.
    source.onerror = function () {
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(connect, 2000);
      }
    };
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  // A browser opens only six connections to a server: a page that nobody sees keeps none.
  function attend() {
    if (document.hidden) disconnect();
    else connect();
  }
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", attend);
  if (document.readyState === "complete") scrollBack();
  else addEventListener("load", scrollBack);
  attend();
})();
