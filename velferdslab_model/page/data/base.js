"use strict";
// Sort a table by the column whose heading is pressed; missing figures stay last either way.
document.querySelectorAll("thead button").forEach(function (knapp) {
  knapp.addEventListener("click", function () {
    var th = knapp.closest("th"), tabell = th.closest("table"), kropp = tabell.tBodies[0], nr = th.cellIndex;
    var ned = th.getAttribute("aria-sort") === "ascending";
    tabell.querySelectorAll("thead th").forEach(function (x) { x.setAttribute("aria-sort", "none"); });
    th.setAttribute("aria-sort", ned ? "descending" : "ascending");
    var tall = Array.from(kropp.rows).some(function (r) { return r.cells[nr].hasAttribute("data-v"); });
    var rader = Array.from(kropp.rows).map(function (r) {
      var c = r.cells[nr], v = tall ? c.getAttribute("data-v") : c.textContent;
      return [v === null ? null : tall ? Number(v) : v, r];
    });
    rader.sort(function (a, b) {
      if (a[0] === null || b[0] === null) { return (a[0] === null) - (b[0] === null); }
      return (ned ? -1 : 1) * (tall ? a[0] - b[0] : a[0].localeCompare(b[0], "nb"));
    });
    rader.forEach(function (p) { kropp.appendChild(p[1]); });
    document.getElementById("melding").textContent =
      tabell.caption.textContent + ": ordnet etter " + knapp.textContent + (ned ? ", synkende" : ", stigende");
  });
});
