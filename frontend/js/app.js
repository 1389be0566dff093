// The base of every page. Each module is small, does one thing and is started here; none does anything on import.
import htmx from "htmx.org";
import * as answers from "./answers.js";
import * as connection from "./connection.js";
import * as dialogs from "./dialogs.js";
import * as drafts from "./drafts.js";
import * as fields from "./fields.js";
import * as guard from "./guard.js";
import * as keys from "./keys.js";
import * as tabs from "./tabs.js";
import * as theme from "./theme.js";
import * as toasts from "./toasts.js";

answers.configure(htmx);
window.htmx = htmx; // for instruments, which are bundles of their own
document.documentElement.dataset.js = "";

for (const part of [theme, guard, connection, answers, toasts, dialogs, keys, drafts, fields, tabs]) part.start(htmx);
