// The probability that one chosen municipality is better than another.
(function () {
  var data = document.getElementById("pardata"), svar = document.getElementById("svar");
  if (!data) { return; }
  // Words of the verdict, as the program has them: from the surest.
  function dom(andel, faa) {
    var ord = IKKE_SKILT, bedre = andel >= 5000, sikker = bedre ? andel : 10000 - andel;
    GRENSER.forEach(function (g) {
      if (ord === IKKE_SKILT && sikker >= g[0]) { ord = (faa ? GRENSER[GRENSER.length - 1][1] : g[1]) + (bedre ? " bedre" : " dårligere"); }
    });
    return ord;
  }
  var IKKE_SKILT = data.getAttribute("data-ikke-skilt");
  var GRENSER = JSON.parse(data.getAttribute("data-grenser"));
  var par = JSON.parse(data.textContent), valg = document.querySelectorAll("#par select");
  // Never certain because no draw of many said otherwise.
  function prosent(andel) {
    var grense = Number(data.getAttribute("data-grense"));
    if (andel < grense) { return data.getAttribute("data-under"); }
    if (andel > 10000 - grense) { return data.getAttribute("data-over"); }
    return (andel / 100).toLocaleString("nb", { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + "\u00a0%";
  }
  function vis() {
    svar.textContent = "";
    par.forEach(function (p) {
      var en = valg[0].selectedIndex, annen = valg[1].selectedIndex, li = document.createElement("li"), tall;
      var a = p.rad[en], b = p.rad[annen];
      if (en === annen) { tall = "velg to ulike kommuner"; }
      else if (a === null || b === null) { tall = "ingen tall, for en av dem tar ikke inn noen"; }
      else {
        var andel = a < b ? p.titusendeler[a][b - a - 1] : 10000 - p.titusendeler[b][a - b - 1];
        tall = prosent(andel) + " sannsynlig, " +
          dom(andel, p.faa[en] || p.faa[annen]);
      }
      li.textContent = p.tekst + ": " + tall;
      svar.appendChild(li);
    });
  }
  valg[1].selectedIndex = 1;
  valg.forEach(function (v) { v.addEventListener("change", vis); });
  vis();
})();
