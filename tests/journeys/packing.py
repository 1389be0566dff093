"""Packages written by hand for journeys, packed as other programs pack theirs."""

import json
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.authors import save

_RULES = "http://www.imsglobal.org/xsd/imsss"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="course" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsss="{_RULES}"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Дроби по порядку</title>
<item identifier="begin" identifierref="page" parameters="?Начало"><title>Начало</title>
<adlcp:dataFromLMS>половина</adlcp:dataFromLMS><imsss:sequencing><imsss:objectives>
<imsss:primaryObjective objectiveID="known" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.5</imsss:minNormalizedMeasure>
<imsss:mapInfo targetObjectiveID="global-known" writeSatisfiedStatus="true" writeNormalizedMeasure="true"/></imsss:primaryObjective>
</imsss:objectives><imsss:deliveryControls objectiveSetByContent="true" completionSetByContent="true"/></imsss:sequencing></item>
<item identifier="lesson" identifierref="page" parameters="?Урок"><title>Урок</title><imsss:sequencing><imsss:sequencingRules>
<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition referencedObjective="known" condition="satisfied"/></imsss:ruleConditions>
<imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective/><imsss:objective objectiveID="known"><imsss:mapInfo targetObjectiveID="global-known"
 readSatisfiedStatus="true"/></imsss:objective></imsss:objectives></imsss:sequencing></item>
<item identifier="check" identifierref="page" parameters="?Проверка"><title>Проверка</title><imsss:sequencing>
<imsss:sequencingRules><imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied" operator="not"/>
</imsss:ruleConditions><imsss:ruleAction action="retry"/></imsss:postConditionRule></imsss:sequencingRules>
<imsss:deliveryControls objectiveSetByContent="true" completionSetByContent="true"/></imsss:sequencing></item>
<item identifier="end" identifierref="page" parameters="?Итог" isvisible="false"><title>Итог</title></item>
<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing></organization></organizations>
<resources><resource identifier="page" type="webcontent" adlcp:scormType="sco" href="page.html"><file href="page.html"/></resource>
</resources></manifest>"""
_PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Дроби</title></head><body>
<h1></h1><p id="found"></p><button id="right">Верно</button><button id="wrong">Неверно</button><button id="then">Дальше</button><script>
let at = window; while (!at.API_1484_11 && at.parent !== at) at = at.parent;
const api = at.API_1484_11, set = (name, value) => api.SetValue(name, value), get = (name) => api.GetValue(name);
api.Initialize("");
document.querySelector("h1").textContent = decodeURIComponent(location.search.slice(1));
found.textContent = [get("cmi.launch_data"), get("cmi.entry"), get("cmi.suspend_data"), get("cmi.objectives.0.id"),
  get("adl.nav.request_valid.continue")].join("|");
const answer = (score) => { wrong.disabled = document.querySelector("#right").disabled = true; set("cmi.score.scaled", score); set("cmi.success_status", score > 0.5 ? "passed" : "failed");
  set("cmi.completion_status", "completed"); set("cmi.suspend_data", "было " + score); set("cmi.exit", score > 0.5 ? "suspend" : "normal"); api.Commit(""); };
document.querySelector("#right").onclick = () => answer(0.8);
wrong.onclick = () => answer(0.1);
then.onclick = () => { set("adl.nav.request", "continue"); api.Terminate(""); };
addEventListener("pagehide", () => api.Terminate(""));
</script></body></html>"""

_CARD = """var H5P = H5P || {};
H5P.Tally = (function ($, EventDispatcher) {
  function Tally(params, id, extras) {
    EventDispatcher.call(this);
    var self = this, count = (extras && extras.previousState && extras.previousState.count) || 0;
    self.getCurrentState = function () { return {count: count}; };
    self.attach = function ($container) {
      var said = $('<p id="said"></p>').text(params.text + ': ' + count);
      var button = $('<button type="button" id="more">Ещё</button>').on('click', function () {
        count += 1; said.text(params.text + ': ' + count);
        if (count === 3) self.triggerXAPIScored(2, 4, 'completed', true);
      });
      $container.append(said).append(button);
    };
  }
  Tally.prototype = Object.create(EventDispatcher.prototype);
  Tally.prototype.triggerXAPIScored = function (got, most, verb, done) {
    var event = this.createXAPIEventTemplate(verb); event.setScoredResult(got, most, this, done, true); this.trigger(event);
  };
  Tally.prototype.createXAPIEventTemplate = function (verb) {
    var event = new H5P.XAPIEvent(); event.setActor(); event.setVerb(verb); return event;
  };
  return Tally;
})(H5P.jQuery, H5P.EventDispatcher);
"""
_TALLY = {
    "title": "Счёт",
    "machineName": "H5P.Tally",
    "majorVersion": 1,
    "minorVersion": 0,
    "patchVersion": 0,
    "runnable": 1,
}


def scorm_2004(folder: Path) -> Path:
    """Four pages with an order: who begins well skips the lesson; the check is gone through again until it is passed."""
    return _zipped(folder / "Дроби.zip", {"imsmanifest.xml": _MANIFEST, "page.html": _PAGE})


def h5p(folder: Path, library: str = "H5P.Tally") -> Path:
    """A counter with a library of its own, which reports two points of four at the third press; its program is H5P.Tally."""
    about = {"title": "Счёт", "language": "ru", "mainLibrary": library, "embedTypes": ["div"]}
    needed = [{"machineName": library, "majorVersion": 1, "minorVersion": 0}]
    parts = {
        "h5p.json": json.dumps({**about, "preloadedDependencies": needed}),
        "content/content.json": json.dumps({"text": "Сосчитано"}),
        f"{library}-1.0/library.json": json.dumps(
            {**_TALLY, "machineName": library, "preloadedJs": [{"path": "tally.js"}]}
        ),
        f"{library}-1.0/semantics.json": "[]",
        f"{library}-1.0/tally.js": _CARD,
    }
    return _zipped(folder / "Счёт.h5p", parts)


def _zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def put_in(page: Page, unit: str, file: Path) -> None:
    """The author puts a package into the draft, and says that it goes without a mouse."""
    page.goto(f"{unit}/edit")
    page.locator("#keyboard").select_option("whole")
    save(page)
    page.locator("#package-to-send").set_input_files(file)
    page.get_by_role("button", name="Поставить пакет").click()
    expect(page.get_by_role("button", name="Поставить другой пакет")).to_be_visible(timeout=30_000)
