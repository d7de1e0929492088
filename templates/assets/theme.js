// Before the first paint: the theme that the reader chose. Behind it: the radios that choose it.
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
    document.querySelectorAll(".themes input").forEach(function (radio) {
      radio.checked = radio.value === (root.dataset.theme || "auto");
      radio.addEventListener("change", function () {
        set(radio.value);
        try { localStorage.setItem(key, radio.value); } catch (e) { /* the same */ }
      });
    });
  });
})();
