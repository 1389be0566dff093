// Bundles styles, scripts, icons and the font into ../school/static/build, each file named by its content.
//
//   css/app.css, css/print.css …      every css file directly in css/ whose name is in STYLES
//   js/app.js                         the base of every page
//   js/instruments/NAME.js            a bundle of its own, put on a page by {{ instrument("NAME") }}
//   js/worker/push.js                 the service worker of pushes, served at the root under a name that stays
//   js/sandbox/NAME.js                the players of packages, for hosts of their own: plain scripts, with their style
//   icons.txt                         the Lucide icons in use, one sprite
//
// manifest.json maps the logical name ("app.js") to the file ("app-1A2B3C.js"). Beside each file that
// shrinks lie its .gz and .br, made once here so that the server never compresses.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join, relative, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const target = resolve(here, "../school/static/build");
const fresh = `${target}.new`;

const instruments = readdirSync(join(here, "js/instruments"))
  .filter((name) => name.endsWith(".js"))
  .map((name) => ({ in: join(here, "js/instruments", name), out: `instruments/${basename(name, ".js")}` }));

// The dark palette is written once, as plain :root rules, and stands in the bundle twice: for people whose
// system is dark, and for people who chose dark here. Paper stays light, so both copies are for the screen.
const darkTwice = {
  name: "dark-twice",
  setup(build) {
    build.onLoad({ filter: /tokens-dark\.css$/ }, ({ path }) => {
      const css = readFileSync(path, "utf8");
      const chosen = css.replaceAll(":root", ':root[data-theme="dark"]');
      const system = css.replaceAll(":root", ':root:not([data-theme="light"])');
      return {
        loader: "css",
        contents: `@media screen {${chosen}}\n@media screen and (prefers-color-scheme: dark) {${system}}`,
      };
    });
  },
};

// The viewer's unpacker of meshes is a program in bytes, which our pages forbid; models that need it are refused at the door.
const withoutUnpacker = {
  name: "without-unpacker",
  setup(build) {
    build.onLoad({ filter: /meshopt_decoder\.module\.js$/ }, () => ({
      contents: "export const MeshoptDecoder = { supported: false, ready: Promise.resolve() };",
    }));
  },
};

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });

const result = await esbuild.build({
  entryPoints: [
    { in: join(here, "js/app.js"), out: "app" },
    { in: join(here, "css/app.css"), out: "app" },
    ...instruments,
    { in: join(here, "js/worker/push.js"), out: "worker/push" },
  ],
  outdir: fresh,
  entryNames: "[dir]/[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome100", "firefox100", "safari15.4"],
  loader: { ".woff2": "file", ".svg": "file" },
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  plugins: [darkTwice, withoutUnpacker],
});

// Players run where nothing of ours is at home: plain scripts, which need no permission of the site to be loaded.
const players = await esbuild.build({
  entryPoints: [
    ...readdirSync(join(here, "js/sandbox"))
      .filter((name) => /\.(js|css)$/.test(name))
      .map((name) => ({ in: join(here, "js/sandbox", name), out: `sandbox/${basename(name, extname(name))}` })),
    { in: require.resolve("h5p-standalone/dist/frame.bundle.js"), out: "sandbox/h5p-frame" },
    { in: require.resolve("h5p-standalone/dist/styles/h5p.css"), out: "sandbox/h5p" },
  ],
  outdir: fresh,
  entryNames: "[dir]/[name]-[hash]",
  assetNames: "sandbox/[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome100", "firefox100", "safari15.4"],
  loader: { ".woff2": "file", ".woff": "file", ".ttf": "file", ".eot": "file", ".svg": "file", ".gif": "file" },
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  logOverride: { "css-syntax-error": "silent" }, // H5P's styles still speak to Internet Explorer 7
});

const manifest = {};
for (const [path, output] of Object.entries({ ...result.metafile.outputs, ...players.metafile.outputs })) {
  const file = relative(fresh, resolve(path));
  if (file.endsWith(".LEGAL.txt")) continue;
  if (output.entryPoint || output.cssBundle || (!file.startsWith("sandbox/") && /\.(woff2|css)$/.test(file))) {
    manifest[file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = file;
  }
}

// The viewer of 3D models brings styles inside its script; its page allows them by their sums, and no others.
const viewer = readFileSync(join(fresh, manifest["instruments/model-viewer.js"]), "utf8");
manifest["model-viewer.styles"] = [...viewer.matchAll(/<style>([^`]*?)<\/style>/g)]
  .map(([, style]) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`)
  .join(" ");

write("icons.svg", sprite());
write("brand.svg", readFileSync(join(here, "icons/brand.svg")));
writeFileSync(join(fresh, "manifest.json"), JSON.stringify(sorted(manifest), null, 1));
compress(fresh);

// Papers are set by a program that reads no web fonts: the same letters, whole.
mkdirSync(join(fresh, "print"));
for (const cut of ["400Regular", "700Bold"]) {
  const font = require.resolve(`@expo-google-fonts/golos-text/${cut}/GolosText_${cut}.ttf`);
  copyFileSync(font, join(fresh, "print", basename(font)));
}

rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);

function write(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const file = name.replace(/(\.\w+)$/, `-${hash}$1`);
  writeFileSync(join(fresh, file), content);
  manifest[name] = file;
}

// One <symbol> an icon; colour and stroke come from the page's css through currentColor.
function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  const symbols = names.map((name) => {
    const own = join(here, "icons", `${name}.svg`);
    const source = existsSync(own) ? own : join(here, "node_modules/lucide-static/icons", `${name}.svg`);
    const shapes = readFileSync(source, "utf8").replace(/<!--.*?-->/s, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence: https://lucide.dev -->${symbols.join("")}</svg>`;
}

function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
