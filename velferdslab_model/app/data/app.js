"use strict";
// The page works without this: it only tells, waits and moves the focus for you.
(function () {
  var melding = document.getElementById("melding");
  function si(tekst) { if (melding) { melding.textContent = tekst; } }
  var fokus = document.querySelector("[data-fokus]");
  if (fokus && !location.hash) { fokus.focus(); }
  document.querySelectorAll("form").forEach(function (skjema) {
    skjema.addEventListener("submit", function (hendelse) {
      if (skjema.dataset.sendt) { hendelse.preventDefault(); return; }
      skjema.dataset.sendt = "1";
      var knapp = hendelse.submitter || skjema.querySelector("button[type=submit]");
      if (knapp) { knapp.setAttribute("aria-disabled", "true"); knapp.textContent = "Sender …"; }
      si("Sender");
    });
  });
  // A page that the back button brings up again can be sent once more.
  window.addEventListener("pageshow", function (h) { if (h.persisted) { location.reload(); } });
  document.querySelectorAll(".slipp").forEach(function (felt) {
    ["dragenter", "dragover"].forEach(function (n) { felt.addEventListener(n, function (h) { h.preventDefault(); felt.classList.add("over"); }); });
    ["dragleave", "drop"].forEach(function (n) { felt.addEventListener(n, function () { felt.classList.remove("over"); }); });
    felt.addEventListener("drop", function (h) {
      var inn = felt.querySelector("input[type=file]");
      if (h.target === inn || !h.dataTransfer.files.length) { return; }
      h.preventDefault(); inn.files = h.dataTransfer.files; si(h.dataTransfer.files.length + " filer valgt");
    });
  });
  var venter = document.body.dataset.venter;
  if (venter) {
    var spoer = function () {
      fetch(venter + "/status", {cache: "no-store"}).then(function (r) { return r.ok ? r.json() : {ferdig: true}; }).then(function (s) {
        if (s.ferdig) { location.replace(venter); return; }
        var p = document.getElementById("fremdrift");
        if (p && p.textContent !== s.tekst) { p.textContent = s.tekst; }
        setTimeout(spoer, 500);
      }).catch(function () {
        var p = document.getElementById("fremdrift");
        if (p) { p.textContent = "Programmet svarer ikke. Er det stoppet, må det startes på nytt, og arbeidet gjøres om igjen."; }
        setTimeout(spoer, 3000);
      });
    };
    setTimeout(spoer, 400);
  }
})();
