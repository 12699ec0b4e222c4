// Bundles the front end into the look's static folder; --watch follows changes, --tests bundles the logic's tests.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { brotliCompressSync } from "node:zlib"
import * as esbuild from "esbuild"

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const out = here("../alongside/look/static/look/built")

/** Lays a script beside itself as small as it gets, which takes a moment: nobody waits for it then. Stylesheets are not
    packed here, for the house writes addresses into them before it sends them. */
function pack(folder) {
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".js"))) {
    writeFileSync(`${folder}/${name}.br`, brotliCompressSync(readFileSync(`${folder}/${name}`)))
  }
}

if (process.argv.includes("--tests")) {
  const tests = readdirSync(here("test")).filter((name) => name.endsWith(".test.ts"))
  rmSync(here("../build/frontend-tests"), { recursive: true, force: true })
  await esbuild.build({
    entryPoints: tests.map((name) => here(`test/${name}`)),
    outdir: here("../build/frontend-tests"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  })
} else {
  rmSync(out, { recursive: true, force: true })
  const options = {
    entryPoints: [
      { in: here("src/app.ts"), out: "app" },
      { in: here("src/app.css"), out: "app" },
      { in: here("src/join.ts"), out: "join" },
    ],
    outdir: out,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    assetNames: "faces/[name]-[hash]",
    bundle: true,
    minify: true,
    sourcemap: false,
    legalComments: "linked",
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    loader: { ".woff2": "file" },
    logLevel: "info",
  }
  // Every page has the one bundle; a booth has the other, in pieces of which some come later.
  const booth = [{ in: here("src/booth/booth.ts"), out: "booth" }, { in: here("src/booth/booth.css"), out: "booth" }]
  for (const bundle of [options, { ...options, splitting: true, entryPoints: booth }]) {
    if (process.argv.includes("--watch")) await (await esbuild.context(bundle)).watch()
    else await esbuild.build(bundle)
  }
  if (!process.argv.includes("--watch")) pack(out)
  // The records on paper are set in still cuts, since their layout does not vary a typeface.
  mkdirSync(`${out}/paper`, { recursive: true })
  for (const cut of ["400Regular", "400Regular_Italic", "600SemiBold"]) {
    const name = `Literata_${cut}.ttf`
    copyFileSync(here(`node_modules/@expo-google-fonts/literata/${cut}/${name}`), `${out}/paper/${name}`)
  }
}
