// The probability that one chosen municipality is better than another.
(function () {
  var data = document.getElementById("pardata"), svar = document.getElementById("svar");
  if (!data) { return; }
  var par = JSON.parse(data.textContent), valg = document.querySelectorAll("#par select");
  function vis() {
    svar.textContent = "";
    par.forEach(function (p) {
      var en = valg[0].selectedIndex, annen = valg[1].selectedIndex, li = document.createElement("li"), tall;
      var a = p.rad[en], b = p.rad[annen];
      if (en === annen) { tall = "velg to ulike kommuner"; }
      else if (a === null || b === null) { tall = "ingen tall, for en av dem tar ikke inn noen"; }
      else {
        var promille = a < b ? p.promille[a][b - a - 1] : 1000 - p.promille[b][a - b - 1];
        tall = (promille / 10).toLocaleString("nb", { minimumFractionDigits: 1 }) + "\u00a0% sannsynlig";
      }
      li.textContent = p.tekst + ": " + tall;
      svar.appendChild(li);
    });
  }
  valg[1].selectedIndex = 1;
  valg.forEach(function (v) { v.addEventListener("change", vis); });
  vis();
})();
