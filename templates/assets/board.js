// The board's filters. What is chosen stands in the address, so that it can be shared and the back button leads back.
(function () {
  var form = document.querySelector(".filter"), status = document.querySelector(".count");
  if (!form || !status) return;
  var all = status.textContent;
  var cards = Array.from(document.querySelectorAll("[data-labels]"), function (element) {
    return {
      element: element,
      milestone: element.dataset.milestone,
      labels: element.dataset.labels.split(" "),
      who: element.dataset.who ? element.dataset.who.split("\n") : ["none"],
      text: element.textContent.toLowerCase()
    };
  });

  // What is chosen: name and value of each field that has one.
  function chosen() {
    var params = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (value.trim()) params.append(name, value.trim());
    });
    return params;
  }

  function fits(card, params) {
    var milestone = params.get("milestone"), who = params.get("who");
    var words = (params.get("q") || "").toLowerCase().split(/\s+/);
    return (!milestone || card.milestone === milestone) &&
      (!who || card.who.includes(who)) &&
      params.getAll("label").every(function (label) { return card.labels.includes(label); }) &&
      words.every(function (word) { return card.text.includes(word); });
  }

  function show() {
    var params = chosen(), filters = params.toString() !== "", shown = 0;
    cards.forEach(function (card) {
      card.element.hidden = !fits(card, params);
      if (!card.element.hidden) shown += 1;
    });
    document.querySelectorAll(".column, .column details").forEach(function (part) {
      var count = part.querySelectorAll("[data-labels]:not([hidden])").length;
      part.querySelector(".n").textContent = count;
      if (part.open !== undefined) { part.open = filters && count > 0; part.hidden = !count; }
      else part.querySelector(".none").hidden = count > 0;
    });
    status.textContent = filters ? shown + " of " + all : all;
    document.querySelector(".no-match").hidden = shown > 0 || !cards.length;
  }

  // The fields as the address says.
  function read() {
    var params = new URLSearchParams(location.search);
    Array.from(form.elements).forEach(function (field) {
      if (field.type === "search") field.value = params.get("q") || "";
      else if (field.name) {
        var values = params.getAll(field.name);
        field.value = Array.from(field.options, function (option) { return option.value; })
          .find(function (value) { return value && values.includes(value); }) || "";
      }
    });
    show();
  }

  // Every choice is a step that the back button takes back; every letter is not.
  function say(isStep) {
    var query = chosen().toString();
    try {
      history[isStep ? "pushState" : "replaceState"](null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    } catch (e) { /* a page whose address may not change */ }
    show();
  }

  form.addEventListener("input", function (event) { if (event.target.type === "search") say(false); });
  form.addEventListener("change", function (event) { if (event.target.type !== "search") say(true); });
  form.addEventListener("reset", function () { setTimeout(say, 0, true); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("popstate", read);
  read();
})();
