// The player of SCORM 2004 packages. What the package may open next is not decided by its rules of order: all of it is open.
import { Scorm2004API } from "scorm-again/scorm2004/min";
import { play } from "./parts/scorm.js";

play(
  { api: "API_1484_11", core: "cmi", learner: "learner", set: "SetValue", commit: "Commit", finish: "Terminate" },
  (settings) => new Scorm2004API(settings),
);
