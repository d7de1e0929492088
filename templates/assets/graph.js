// Lights what an issue waits for and what waits for it, at any distance, when it is pointed at or has the focus.
(function () {
  document.querySelectorAll(".picture-graph").forEach(function (svg) {
    var boxes = {}, ahead = {}, behind = {};
    svg.querySelectorAll("[data-n]").forEach(function (box) { boxes[box.dataset.n] = box; });
    svg.querySelectorAll("[data-e]").forEach(function (line) {
      var ends = line.dataset.e.split(" ");
      (ahead[ends[0]] = ahead[ends[0]] || []).push([line, ends[1]]);
      (behind[ends[1]] = behind[ends[1]] || []).push([line, ends[0]]);
    });
    function walk(from, ways, seen) {
      (ways[from] || []).forEach(function (way) {
        way[0].classList.add("lit");
        if (!seen[way[1]]) {
          seen[way[1]] = true;
          boxes[way[1]].classList.add("lit");
          walk(way[1], ways, seen);
        }
      });
    }
    function off() {
      svg.classList.remove("lights");
      svg.querySelectorAll(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    }
    function on(target) {
      var box = target && target.closest("[data-n]"), node = target && target.closest(".node");
      off();
      if (!box) return;
      svg.classList.add("lights");
      // Of a stack only the one that is meant: the others do not wait for it.
      (box.classList.contains("stack") ? node || box : box).classList.add("lit");
      walk(box.dataset.n, ahead, {});
      walk(box.dataset.n, behind, {});
    }
    function kept() { on(svg.contains(document.activeElement) ? document.activeElement : null); }
    svg.addEventListener("mouseover", function (event) { on(event.target); });
    svg.addEventListener("mouseleave", kept);
    svg.addEventListener("focusin", function (event) { on(event.target); });
    svg.addEventListener("focusout", off);
    function named() {
      var node = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (node && svg.contains(node)) on(node);
    }
    addEventListener("hashchange", named);
    named();
  });
})();
